using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Batches;

/// <summary>
/// Scales, masks and joins the channels of a batch as inference does with a photo (<see cref="Preprocessing"/>).
/// </summary>
public static class NetworkInputs
{
    /// <summary>What the network gets.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="preprocessing">Masking, mean and deviation; 3 channels for colour, 4 for colour and texture
    /// map.</param>
    /// <returns>(N, C, H, W), Float32, channels-last.</returns>
    /// <exception cref="DatasetException">The set lacks the skin masks or texture maps that the network
    /// needs.</exception>
    public static Tensor Make(WrinkleBatch batch, Preprocessing preprocessing)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(preprocessing);
        var colour = batch.Photo;
        if (preprocessing.Masked)
            colour *= batch[Channel.Skin]
                ?? throw new DatasetException(
                    "the network sees skin only, but the set has no skin masks; make them with: rhytid data prepare");
        var raw = preprocessing.Mean.Count == 3
            ? colour
            : Tensor.Cat(
                [colour, preprocessing.WholeTexture
                    ? WholeTextureMap.Compute(batch.Photo)
                    : batch[Channel.Texture]
                        ?? throw new DatasetException(
                            "the network's fourth channel is the texture map, but the set has none; make them with: rhytid data weak-labels")],
                1);
        var channels = preprocessing.Mean.Count;
        var mean = Tensor.From(preprocessing.Mean.Select(value => (float)(255 * value)).ToArray(), 1, channels, 1, 1);
        var deviation = Tensor.From(
            preprocessing.Deviation.Select(value => (float)(255 * value)).ToArray(), 1, channels, 1, 1);
        return ((raw - mean) / deviation).Contiguous(MemoryFormat.ChannelsLast);
    }
}

using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>Denoising pre-training: predicts the noise in a photo, or the photo (Moon, Poster).</summary>
/// <param name="preprocessing">What the network sees.</param>
/// <param name="sigma">Std of the noise, in units of the normalised photo.</param>
/// <param name="isSimple">Add the noise without scaling the sum back to the photo's std.</param>
/// <param name="toImage">Whether the target is the photo, not the noise.</param>
/// <param name="seed">The run's seed.</param>
public sealed class DenoisingObjective(Preprocessing preprocessing, double sigma, bool isSimple, bool toImage, int seed)
    : IObjective
{
    /// <inheritdoc/>
    public string Id => "denoise";

    /// <inheritdoc/>
    public InputsAndTargets Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var clean = NetworkInputs.Make(batch, preprocessing);
        var noise = Noise(batch.Ids, epoch, clean.Shape).To(clean.Device);
        var noisy = clean + (noise * sigma);
        if (!isSimple)
            noisy /= Tensor.Scalar(Math.Sqrt(1 + (sigma * sigma)));
        return new InputsAndTargets(noisy, new LossTarget(toImage ? clean : noise, batch[Channel.ScoredRegion]));
    }

    private Tensor Noise(IReadOnlyList<string> ids, int epoch, long[] shape)
    {
        var noise = Tensor.Empty(shape);
        var length = (int)(noise.Count / ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            var random = new AugmentationSeed(seed, epoch, ids[i]).For(Id);
            GaussianNoise.Fill(noise.AsSpan<float>().Slice(i * length, length), 1, ref random);
        }
        return noise;
    }
}

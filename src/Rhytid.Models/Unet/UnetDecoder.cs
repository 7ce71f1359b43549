using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>The way up of the U-Net family: one <see cref="UpBlock"/> for each skip, the coarsest first.</summary>
internal sealed class UnetDecoder(params UpBlock[] steps)
{
    /// <summary>
    /// The bilinear U-Net's steps: <c>up1</c> to <c>up4</c>, through as many channels as the deeper map has.
    /// </summary>
    /// <param name="path">Where the parameters are.</param>
    /// <param name="w">Channels of the finest map.</param>
    /// <param name="bias">Whether the convolutions have a bias.</param>
    public static UnetDecoder Bilinear(ParameterPath path, int w, bool bias = false) => new(
        new UpBlock(path / "up1", 8 * w, 8 * w, 4 * w, midChannels: 8 * w, bias: bias),
        new UpBlock(path / "up2", 4 * w, 4 * w, 2 * w, midChannels: 4 * w, bias: bias),
        new UpBlock(path / "up3", 2 * w, 2 * w, w, midChannels: 2 * w, bias: bias),
        new UpBlock(path / "up4", w, w, w, midChannels: w, bias: bias));

    /// <param name="maps">The encoder's maps, the finest first; the last is where the way up starts.</param>
    /// <returns>The map after each step, the finest last.</returns>
    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> maps)
    {
        var features = maps[^1];
        var made = new List<Tensor>();
        for (var i = 0; i < steps.Length; i++)
            made.Add(features = steps[i].Forward(features, maps[^(i + 2)]));
        return made;
    }
}

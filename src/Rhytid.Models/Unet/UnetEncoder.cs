using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// The way down of the U-Net family: a <see cref="DoubleConv"/> at full size and one after each of four halvings.
/// </summary>
/// <param name="path">Where the parameters are: the network's root.</param>
/// <param name="inChannels">Channels of the images.</param>
/// <param name="widths">Channels of the five maps, the finest first.</param>
/// <param name="bias">Whether the convolutions have a bias.</param>
internal sealed class UnetEncoder(ParameterPath path, int inChannels, int[] widths, bool bias = false) : Module(path)
{
    /// <summary>Sides shorter than this cannot be halved four times.</summary>
    public const int LeastSize = 16;

    private readonly DoubleConv _inc = new(path / "inc", inChannels, widths[0], bias: bias);

    private readonly UnetDown[] _down =
        [.. Enumerable.Range(1, widths.Length - 1)
            .Select(i => new UnetDown(path / $"down{i}", widths[i - 1], widths[i], bias))];

    /// <param name="images">(N, in, H, W).</param>
    /// <returns>(N, widths[i], H / 2^i, W / 2^i), sizes rounded down.</returns>
    public IReadOnlyList<Tensor> Forward(Tensor images)
    {
        List<Tensor> maps = [_inc.Forward(images)];
        foreach (var down in _down)
            maps.Add(down.Forward(maps[^1]));
        return maps;
    }
}

/// <summary>One step down: halve by the largest of each 2x2 window, then <see cref="DoubleConv"/>.</summary>
internal sealed class UnetDown(ParameterPath path, int inChannels, int outChannels, bool bias) : Layer(path)
{
    private readonly DoubleConv _conv = new(path / "maxpool_conv" / 1, inChannels, outChannels, bias: bias);

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H/2, W/2), sizes rounded down.</returns>
    protected override Tensor Compute(Tensor input) => _conv.Forward(input.MaxPool2d(2));
}

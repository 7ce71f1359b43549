using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// Brings the maps of all sizes together and lets whole columns, and whole rows, of the image attend to each other.
/// </summary>
/// <remarks>Keys: <c>reduce</c>, <c>{horizontal,vertical}.{query,key,value}</c>.</remarks>
internal sealed class GlobalStripedAttention(ParameterPath path, int[] widths, int outChannels) : Module(path)
{
    private readonly Conv2d _reduce = new(path / "reduce", widths.Sum(), outChannels, kernel: 1, bias: false);
    private readonly StripAttention _horizontal = new(path / "horizontal", outChannels);
    private readonly StripAttention _vertical = new(path / "vertical", outChannels);

    /// <param name="maps">(N, widths[i], H / 2^i, W / 2^i).</param>
    /// <returns>(N, out, H / 2^i, W / 2^i) for each map.</returns>
    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> maps)
    {
        using var scope = TensorScope.Begin();
        var z = Reduce(maps);                                                                   // (N, C, H, W)
        var columns = z.Mean([2]).Transpose(1, 2);                                              // (N, W, C)
        var rows = z.Max([3]).Transpose(1, 2);                                                  // (N, H, C)
        var across = _horizontal.Forward(columns).Transpose(1, 2).Unsqueeze(2);                 // (N, C, 1, W)
        var down = _vertical.Forward(rows).Transpose(1, 2).Unsqueeze(3);                        // (N, C, H, 1)
        var attended = z + across + down;                                                       // (N, C, H, W)
        return [.. maps.Select(map => scope.MoveOut(attended.ResizeTo(map)))];
    }

    // The paper resizes all maps to the largest, joins them and reduces their channels. A 1x1 convolution and a resize
    // may change places, so each map meets its own columns of the kernel at its own size, and the sum takes the place
    // of the join.
    private Tensor Reduce(IReadOnlyList<Tensor> maps)
    {
        using var scope = TensorScope.Begin();
        Tensor? sum = null;
        var taken = 0;
        for (var i = 0; i < maps.Count; taken += widths[i++])
        {
            var weight = _reduce.Weight.Narrow(1, taken, widths[i]);                            // (C, widths[i], 1, 1)
            var part = maps[i].Conv2d(weight, null, stride: 1, padding: 0, dilation: 1)
                .ResizeTo(maps[0], alignCorners: true);
            sum = sum?.AddInPlace(part) ?? part;
        }
        return scope.MoveOut(sum!);
    }
}

/// <summary>Attention of one head over a sequence (Vaswani et al., 2017).</summary>
internal sealed class StripAttention(ParameterPath path, int channels) : Layer(path)
{
    private readonly Linear _query = new(path / "query", channels, channels);
    private readonly Linear _key = new(path / "key", channels, channels);
    private readonly Linear _value = new(path / "value", channels, channels);

    /// <param name="input">(N, length, C).</param>
    /// <returns>(N, length, C).</returns>
    protected override Tensor Compute(Tensor input)
    {
        // (N, length, length)
        var scores = _query.Forward(input).MatMul(_key.Forward(input).Transpose(1, 2)) / Math.Sqrt(channels);
        return scores.Softmax(-1).MatMul(_value.Forward(input));
    }
}

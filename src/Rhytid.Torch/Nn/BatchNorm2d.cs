using Rhytid.Torch.Distributed;

namespace Rhytid.Torch.Nn;

/// <summary>
/// Batch normalisation of (N, C, H, W) over everything but the channels, and over all ranks of the current process
/// group.
/// </summary>
public sealed class BatchNorm2d : Layer
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;
    private const string TooFew =
        "batch normalisation trains on more than one value per channel: use a larger batch or larger images";
    private static readonly long[] OverPixels = [0, 2, 3];
    private readonly Tensor _batches;

    /// <summary>Creates weight, bias, running_mean, running_var (C) and num_batches_tracked.</summary>
    public BatchNorm2d(ParameterPath path, int channels)
        : base(path)
    {
        Weight = path.Parameter("weight", Initializers.Ones, channels);
        Bias = path.Parameter("bias", Initializers.Zeros, channels);
        RunningMean = path.Buffer("running_mean", Initializers.Zeros, DType.Float32, channels);
        RunningVariance = path.Buffer("running_var", Initializers.Ones, DType.Float32, channels);
        _batches = path.Buffer("num_batches_tracked", Initializers.Zeros, DType.Int64);
    }

    /// <summary>Factor per channel.</summary>
    public Tensor Weight { get; }

    /// <summary>Offset per channel.</summary>
    public Tensor Bias { get; }

    /// <summary>Running mean per channel, used in evaluation.</summary>
    public Tensor RunningMean { get; }

    /// <summary>Running variance per channel, used in evaluation.</summary>
    public Tensor RunningVariance { get; }

    /// <summary>What the layer does in evaluation, as x * scale + shift per channel.</summary>
    internal (Tensor Scale, Tensor Shift) ScaleAndShift()
    {
        var scale = Weight.Detach() / (RunningVariance + Epsilon).Sqrt();
        return (scale, Bias.Detach() - RunningMean * scale);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        // A frozen layer keeps its statistics as it keeps its weight.
        var learns = IsTraining && !Path.Store.FreezesBatchNorm && Weight.RequiresGrad;
        if (learns)
        {
            using var _ = Autograd.NoGrad();
            Ops.AddScalarInPlace.Run(_batches, 1);
        }
        if (learns && ProcessGroup.Current is { WorldSize: > 1 } group)
            return NormalizeAcross(group, input);
        if (learns && input.Count == Weight.Count)
            throw new ArgumentException(TooFew, nameof(input));
        return input.BatchNorm(Weight, Bias, RunningMean, RunningVariance, learns, Momentum, Epsilon);
    }

    // As if the ranks' inputs were one batch. The variance is that of centred values: the difference of a mean of
    // squares and a square would lose the digits that one process has.
    private Tensor NormalizeAcross(ProcessGroup group, Tensor input)
    {
        var values = input.To(DType.Float32);
        var channels = Weight.Count;
        var own = Tensor.Full([1], (double)values.Count / channels, device: input.Device);
        var sums = group.SumForLayer(Tensor.Cat([values.Sum(OverPixels), own], 0)); // (C + 1)
        var count = sums.Detach().Narrow(0, channels, 1).ToDouble();
        if (count <= 1)
            throw new ArgumentException(TooFew, nameof(input));
        var mean = sums.Narrow(0, 0, channels) * (1 / count);
        var centred = values - mean.Reshape(1, channels, 1, 1);
        var variance = group.SumForLayer((centred * centred).Sum(OverPixels)) * (1 / count); // (C)
        Follow(RunningMean, mean);
        Follow(RunningVariance, variance * (count / (count - 1)));
        var scale = Weight / (variance + Epsilon).Sqrt();
        return ((centred * scale.Reshape(1, channels, 1, 1)) + Bias.Reshape(1, channels, 1, 1)).To(input.DType);
    }

    private static void Follow(Tensor running, Tensor current)
    {
        using var _ = Autograd.NoGrad();
        running.MulInPlace(1 - Momentum).AddInPlace(current.Detach(), Momentum);
    }
}

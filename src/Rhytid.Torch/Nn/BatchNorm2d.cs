namespace Rhytid.Torch.Nn;

/// <summary>Batch normalisation of (N, C, H, W) over everything but the channels.</summary>
public sealed class BatchNorm2d : Layer
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;
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
        if (IsTraining)
        {
            if (input.Count == Weight.Count)
                throw new ArgumentException("batch normalisation trains on more than one value per channel: use a larger batch or larger images", nameof(input));
            using var _ = Autograd.NoGrad();
            Ops.AddScalarInPlace.Run(_batches, 1);
        }
        return input.BatchNorm(Weight, Bias, RunningMean, RunningVariance, IsTraining, Momentum, Epsilon);
    }
}

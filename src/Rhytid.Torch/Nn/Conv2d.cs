using Rhytid.Inference.Convolutions;
using Rhytid.Torch.Kernels;

namespace Rhytid.Torch.Nn;

/// <summary>2-D convolution with a learned kernel.</summary>
public sealed class Conv2d : Layer
{
    private readonly Size2 _stride;
    private readonly Size2 _padding;
    private readonly Size2 _dilation;
    private readonly int _groups;
    private TensorWinograd? _winograd;
    private bool _reluAfter;
    private bool _prepared;

    /// <summary>
    /// Creates weight (out, in / groups, kernel, kernel) and, unless left out, bias (out), at PyTorch's starting
    /// values.
    /// </summary>
    public Conv2d(
        ParameterPath path,
            int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default,
            Size2? dilation = null,
                int groups = 1, bool bias = true, Initializer? initializer = null, Initializer? biasInitializer = null)
        : base(path)
    {
        _stride = stride ?? 1;
        _padding = padding;
        _dilation = dilation ?? 1;
        _groups = groups;
        Weight = path.Parameter(
            "weight", initializer ?? Initializers.Default, outChannels, inChannels / groups, kernel.Height,
            kernel.Width);
        if (bias)
            Bias = path.Parameter(
                "bias", biasInitializer ?? Initializers.DefaultBias(inChannels / groups * kernel.Height * kernel.Width),
                outChannels);
    }

    /// <summary>The kernel.</summary>
    public Tensor Weight { get; private set; }

    /// <summary>Added to every output pixel, or null.</summary>
    public Tensor? Bias { get; private set; }

    /// <summary>
    /// Makes the layer also do what a batch normalisation and, where wanted, a ReLU after it would do in evaluation.
    /// </summary>
    internal void Fold(BatchNorm2d norm, bool relu, InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        var (scale, shift) = norm.ScaleAndShift();
        var weight = Weight.Detach() * scale.Reshape(-1, 1, 1, 1);
        var bias = Bias is null ? shift : Bias.Detach() * scale + shift;
        Prepare(weight, bias, relu, options);
    }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        // A block that folds its normalisation was here before.
        if (_prepared)
            return;
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        Prepare(Weight.Detach(), Bias?.Detach(), relu: false, options);
    }

    /// <summary>
    /// Convolves maps joined along their channels; a prepared layer does so without making the joined map.
    /// </summary>
    public Tensor ForwardJoined(params ReadOnlySpan<Tensor> inputs)
    {
        using var scope = TensorScope.Begin();
        if (_winograd is not null && TensorWinograd.CanJoin(inputs))
            return scope.MoveOut(_winograd.Run(inputs, TensorScope.Cancellation));
        if (IsTrainedFast(inputs))
            return scope.MoveOut(TrainedConvolution.Run(inputs, Weight, Bias));
        return scope.MoveOut(Compute(inputs.Length == 1 ? inputs[0] : Tensor.Cat([.. inputs], dimension: 1)));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        if (_winograd is not null)
            return _winograd.Run(input, TensorScope.Cancellation);
        if (IsTrainedFast([input]))
            return TrainedConvolution.Run([input], Weight, Bias);
        var output = input.Conv2d(Weight, Bias, _stride, _padding, _dilation, _groups);
        return _reluAfter ? output.ReluInPlace() : output;
    }

    private void Prepare(Tensor weight, Tensor? bias, bool relu, InferenceOptions options)
    {
        _prepared = true;
        _reluAfter = relu;
        if (options.Type == DType.Float32 && options.FastConvolutions && IsPlain3x3() && !weight.Device.IsCuda)
        {
            _winograd = new TensorWinograd(weight, bias, relu);
            Own(_winograd.Weights);
            return;
        }
        Weight =
            Own(weight.To(options.Type)
                .Contiguous(options.ChannelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous));
        Bias = bias is null ? null : Own(bias.To(options.Type));
    }

    private bool IsTrainedFast(ReadOnlySpan<Tensor> inputs) =>
        !_prepared && IsPlain3x3() && TrainedConvolution.Suits(inputs, Weight);

    private bool IsPlain3x3() =>
        Weight.ImageSize() == new Size2(3, 3) && _stride == 1 && _padding == 1 && _dilation == 1 && _groups == 1
        && WinogradConvolution.Supports((int)Weight.Size(1), (int)Weight.Size(0));
}

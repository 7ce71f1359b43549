namespace Rhytid.Torch.Nn;

/// <summary>The layers' computations as functions of tensors. Images are (N, C, H, W).</summary>
public static class Functional
{
    /// <summary>2-D convolution (correlation, as everywhere in the field).</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="weight">(out, C / groups, kernel height, kernel width).</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="stride">Step, vertical and horizontal.</param>
    /// <param name="padding">Zeros around the input, vertical and horizontal.</param>
    /// <param name="dilation">Distance between the kernel's elements.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    public static Tensor Conv2d(
        this Tensor input, Tensor weight, Tensor? bias, Size2 stride, Size2 padding, Size2 dilation, int groups = 1) =>
        Ops.Conv2d.Call(input, weight, bias, stride, padding, dilation, groups);

    /// <summary>Transposed 2-D convolution.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <param name="weight">(C, out / groups, kernel height, kernel width).</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="stride">Factor of enlargement.</param>
    /// <param name="padding">Rows and columns cut off the result.</param>
    /// <param name="outputPadding">Rows and columns added to the result.</param>
    public static Tensor ConvTranspose2d(
        this Tensor input, Tensor weight, Tensor? bias, Size2 stride, Size2 padding = default,
        Size2 outputPadding = default) =>
        Ops.ConvTranspose2d.Call(input, weight, bias, stride, padding, outputPadding);

    /// <summary>x W^T + b over the last dimension.</summary>
    public static Tensor Linear(this Tensor input, Tensor weight, Tensor? bias = null) =>
        Ops.Linear.Call(input, weight, bias);

    /// <summary>
    /// Batch normalisation; in training the batch's statistics are used and the running ones updated in place.
    /// </summary>
    public static Tensor BatchNorm(
        this Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training,
        double momentum = 0.1, double epsilon = 1e-5) =>
        Ops.BatchNorm.Call(input, weight, bias, runningMean, runningVariance, training, momentum, epsilon, true);

    /// <summary>Normalises every channel of every image by its own mean and variance.</summary>
    public static Tensor InstanceNorm(
        this Tensor input, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        Ops.InstanceNorm.Call(input, weight, bias, Value.None, Value.None, true, 0.0, epsilon, true);

    /// <summary>Normalises over the last dimensions, whose sizes are <paramref name="shape"/>.</summary>
    public static Tensor LayerNorm(
        this Tensor input, long[] shape, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        Ops.LayerNorm.Call(input, shape, weight, bias, epsilon, true);

    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(this Tensor input) => Ops.Relu.Call(input);

    /// <summary>max(x, 0), in place.</summary>
    public static Tensor ReluInPlace(this Tensor input) => Ops.ReluInPlace.Call(input);

    /// <summary>x where positive, else slope * x.</summary>
    public static Tensor LeakyRelu(this Tensor input, double slope = 0.01) => Ops.LeakyRelu.Call(input, slope);

    /// <summary>x where positive, else slope * x, in place.</summary>
    public static Tensor LeakyReluInPlace(this Tensor input, double slope = 0.01) =>
        Ops.LeakyReluInPlace.Call(input, slope);

    /// <summary>x where positive, else a learned slope per channel times x.</summary>
    public static Tensor PRelu(this Tensor input, Tensor slopes) => Ops.PRelu.Call(input, slopes);

    /// <summary>x Phi(x), by the exact error function.</summary>
    public static Tensor Gelu(this Tensor input) => Ops.Gelu.Call(input, "none");

    /// <summary>1 / (1 + e^-x).</summary>
    public static Tensor Sigmoid(this Tensor input) => Ops.Sigmoid.Call(input);

    /// <summary>Hyperbolic tangent.</summary>
    public static Tensor Tanh(this Tensor input) => Ops.Tanh.Call(input);

    /// <summary>e^x divided by its sum along a dimension.</summary>
    public static Tensor Softmax(this Tensor input, int dimension) => Ops.Softmax.Call(input, dimension);

    /// <summary>Logarithm of <see cref="Softmax"/>.</summary>
    public static Tensor LogSoftmax(this Tensor input, int dimension) => Ops.LogSoftmax.Call(input, dimension);

    /// <summary>Sets elements to zero with some probability and enlarges the others, in training only.</summary>
    public static Tensor Dropout(this Tensor input, double probability, bool training) =>
        training && probability > 0 ? Ops.Dropout.Call(input, probability, true) : input;

    /// <summary>Largest value of each window.</summary>
    public static Tensor MaxPool2d(this Tensor input, Size2 kernel, Size2? stride = null, Size2 padding = default) =>
        Ops.MaxPool2d.Call(input, kernel, stride ?? kernel, padding);

    /// <summary>Mean of each window.</summary>
    public static Tensor AvgPool2d(this Tensor input, Size2 kernel, Size2? stride = null, Size2 padding = default) =>
        Ops.AvgPool2d.Call(input, kernel, stride ?? kernel, padding);

    /// <summary>Means of as many windows as the result has pixels.</summary>
    public static Tensor AdaptiveAvgPool2d(this Tensor input, Size2 size) => Ops.AdaptiveAvgPool2d.Call(input, size);

    /// <summary>Resizes images.</summary>
    /// <param name="input">(N, C, h, w).</param>
    /// <param name="size">Target (H, W) in pixels.</param>
    /// <param name="mode">Nearest, bilinear or bicubic.</param>
    /// <param name="alignCorners">Whether the corner pixels' centres stay in place (else the images' edges do). Not for
    /// nearest.</param>
    public static Tensor Interpolate(
        this Tensor input, Size2 size, InterpolationMode mode, bool alignCorners = false) => mode switch
    {
        InterpolationMode.Nearest => Ops.UpsampleNearest.Call(input, size),
        InterpolationMode.Bilinear => Ops.UpsampleBilinear.Call(input, size, alignCorners),
        InterpolationMode.Bicubic => Ops.UpsampleBicubic.Call(input, size, alignCorners),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "unknown interpolation"),
    };

    /// <summary>Enlarges images by a whole factor.</summary>
    public static Tensor Upsample(this Tensor input, int factor, InterpolationMode mode, bool alignCorners = false) =>
        input.Interpolate(input.ImageSize() * factor, mode, alignCorners);

    /// <summary>(N, C r^2, H, W) to (N, C, H r, W r).</summary>
    public static Tensor PixelShuffle(this Tensor input, int factor) => Ops.PixelShuffle.Call(input, factor);

    /// <summary>Height and width of (..., H, W).</summary>
    public static Size2 ImageSize(this Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = input.Shape;
        return new Size2(shape[^2], shape[^1]);
    }
}

/// <summary>How resized images get their values.</summary>
public enum InterpolationMode
{
    /// <summary>The nearest pixel, by the field's old rule floor(i * scale).</summary>
    Nearest,

    /// <summary>Linear between the four neighbours.</summary>
    Bilinear,

    /// <summary>Cubic over sixteen neighbours (a = -0.75).</summary>
    Bicubic,
}

namespace Rhytid.Torch.Nn;

/// <summary>Fills a new parameter with its starting values.</summary>
public delegate void Initializer(Tensor parameter);

/// <summary>The field's ways to start, with PyTorch's defaults.</summary>
public static class Initializers
{
    /// <summary>All zeros.</summary>
    public static Initializer Zeros => Constant(0);

    /// <summary>All ones.</summary>
    public static Initializer Ones => Constant(1);

    /// <summary>
    /// Uniform within +-1/sqrt(fan in): PyTorch's default for the weights of convolutions and linear layers.
    /// </summary>
    public static Initializer Default => parameter => Uniform(1 / Math.Sqrt(FanIn(parameter)))(parameter);

    /// <summary>One value everywhere.</summary>
    public static Initializer Constant(double value) => parameter => parameter.FillInPlace(value);

    /// <summary>Uniform within +-<paramref name="bound"/>.</summary>
    public static Initializer Uniform(double bound) => parameter => Ops.UniformInPlace.Run(parameter, -bound, bound);

    /// <summary>Normal with a standard deviation.</summary>
    public static Initializer Normal(double deviation) => parameter => Ops.NormalInPlace.Run(parameter, 0.0, deviation);

    /// <summary>
    /// Normal with a standard deviation, drawn again where beyond <paramref name="limit"/> (absolute).
    /// </summary>
    public static Initializer TruncatedNormal(double deviation, double limit = 2) => parameter =>
    {
        // Inverse of the normal distribution function on a uniform number between those of the limits.
        using var scope = TensorScope.Begin();
        // Never quite 1: single precision can draw the edge itself, where the inverse is infinite.
        var edge = Math.Min(Erf(limit / deviation / Math.Sqrt(2)), 1 - 1e-6);
        Uniform(edge)(parameter);
        parameter.CopyFrom(
            (Operator.Get("aten::erfinv").Call(parameter) * (deviation * Math.Sqrt(2))).Clamp(-limit, limit));
    };

    /// <summary>Uniform, variance kept through a ReLU (He et al., 2015), fan in.</summary>
    public static Initializer KaimingUniform => parameter => Uniform(Math.Sqrt(6 / FanIn(parameter)))(parameter);

    /// <summary>
    /// Normal, variance kept through a leaky ReLU of slope <paramref name="slope"/> (He et al., 2015).
    /// </summary>
    /// <param name="slope">0 for a ReLU.</param>
    /// <param name="fanOut">Keep the gradients' variance instead of the activations'.</param>
    public static Initializer KaimingNormal(double slope = 0, bool fanOut = false) => parameter =>
        Normal(Math.Sqrt(2 / (1 + slope * slope) / (fanOut ? FanOut(parameter) : FanIn(parameter))))(parameter);

    /// <summary>Uniform, variance kept both ways (Glorot and Bengio, 2010).</summary>
    public static Initializer XavierUniform =>
        parameter => Uniform(Math.Sqrt(6 / (FanIn(parameter) + FanOut(parameter))))(parameter);

    /// <summary>PyTorch's default for the bias of a layer whose weight has this fan in.</summary>
    public static Initializer DefaultBias(long fanIn) => Uniform(1 / Math.Sqrt(fanIn));

    private static double FanIn(Tensor weight) => weight.Shape[1..].Aggregate(1.0, (product, size) => product * size);

    private static double FanOut(Tensor weight) =>
        weight.Shape[0] * weight.Shape[2..].Aggregate(1.0, (product, size) => product * size);

    private static double Erf(double x) => Operator.Get("aten::erf").Call(Tensor.Scalar(x, DType.Float64)).ToDouble();
}

namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>One step of a TFLite graph.</summary>
/// <param name="Code">What it computes.</param>
/// <param name="Name">The same as a word, for messages: CONV_2D, or the name of a custom operator.</param>
/// <param name="Inputs">Numbers of its input tensors; -1 for one that is left out.</param>
/// <param name="Outputs">Numbers of its output tensors.</param>
/// <param name="Options">Strides, padding and so on.</param>
public sealed record TfliteOperator(
    TfliteOperatorCode Code, string Name, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, TfliteOptions Options);

/// <summary>The choices of convolutions, pooling and addition; operators use those that they have.</summary>
public sealed record TfliteOptions
{
    /// <summary>How the input's edge is handled.</summary>
    public TflitePadding Padding { get; init; }

    /// <summary>Horizontal step.</summary>
    public int StrideWidth { get; init; }

    /// <summary>Vertical step.</summary>
    public int StrideHeight { get; init; }

    /// <summary>Horizontal distance between the kernel's elements.</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>Vertical distance between the kernel's elements.</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Width of a pooling window.</summary>
    public int FilterWidth { get; init; }

    /// <summary>Height of a pooling window.</summary>
    public int FilterHeight { get; init; }

    /// <summary>What is applied to the result.</summary>
    public TfliteActivation Activation { get; init; }
}

/// <summary>How an operator treats its input's edge.</summary>
public enum TflitePadding
{
    /// <summary>
    /// As many results as inputs divided by the stride, rounded up; the odd pixel of padding is at the end.
    /// </summary>
    Same = 0,

    /// <summary>Only windows that lie inside the input.</summary>
    Valid = 1,
}

/// <summary>What an operator applies to its result.</summary>
public enum TfliteActivation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>max(x, 0).</summary>
    Relu = 1,

    /// <summary>x kept within -1 and 1.</summary>
    ReluN1To1 = 2,

    /// <summary>x kept within 0 and 6.</summary>
    Relu6 = 3,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh = 4,
}

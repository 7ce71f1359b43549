namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// Operators by TFLite's numbers: those that can be run, and those that are common enough to be named when refused.
/// </summary>
#pragma warning disable CS1591 // The names are TFLite's own.
public enum TfliteOperatorCode
{
    Add = 0,
    AveragePool2D = 1,
    Concatenation = 2,
    Conv2D = 3,
    DepthwiseConv2D = 4,
    Dequantize = 6,
    FullyConnected = 9,
    Logistic = 14,
    MaxPool2D = 17,
    Mul = 18,
    Relu = 19,
    Relu6 = 21,
    Reshape = 22,
    ResizeBilinear = 23,
    Softmax = 25,
    Tanh = 28,
    Custom = 32,
    Pad = 34,
    Transpose = 39,
    Mean = 40,
    Sub = 41,
    Div = 42,
    StridedSlice = 45,
    Split = 49,
    Prelu = 54,
    TransposeConv = 67,
    Quantize = 114,
    HardSwish = 117,
}
#pragma warning restore CS1591

internal static class TfliteOperatorNames
{
    /// <summary>The operator as TFLite's documents write it: CONV_2D.</summary>
    public static string Name(this TfliteOperatorCode code) => code switch
    {
        TfliteOperatorCode.AveragePool2D => "AVERAGE_POOL_2D",
        TfliteOperatorCode.Conv2D => "CONV_2D",
        TfliteOperatorCode.DepthwiseConv2D => "DEPTHWISE_CONV_2D",
        TfliteOperatorCode.FullyConnected => "FULLY_CONNECTED",
        TfliteOperatorCode.MaxPool2D => "MAX_POOL_2D",
        TfliteOperatorCode.ResizeBilinear => "RESIZE_BILINEAR",
        TfliteOperatorCode.StridedSlice => "STRIDED_SLICE",
        TfliteOperatorCode.TransposeConv => "TRANSPOSE_CONV",
        TfliteOperatorCode.HardSwish => "HARD_SWISH",
        _ when Enum.IsDefined(code) => code.ToString().ToUpperInvariant(),
        _ => $"number {(int)code}",
    };
}

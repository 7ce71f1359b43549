using System.Globalization;
using Rhytid.Torch;

namespace Rhytid.Models;

/// <summary>
/// The ImageNet classifier inside the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT), an ONNX model that
/// CNTK wrote: a ResNet-18 for BGR levels 0..255 less their mean.
/// </summary>
/// <remarks>
/// Its uneven padding (one row and column more before than after) reads the same pixels as even padding does where
/// sides are even, so it fills an ordinary encoder. In its graph the 1x1 convolution of a shortcut stands before the
/// block that it belongs to.
/// </remarks>
internal static class OnnxResNet
{
    // The package's mean image (R, G, B), a level for each channel, in the scale of the networks' input.
    private static readonly float[] Levels = [123.15163f, 115.902885f, 103.06262f];

    private static readonly string[] Convolutions =
    [
        "conv1",
        "layer1.0.conv1", "layer1.0.conv2", "layer1.1.conv1", "layer1.1.conv2",
        .. Layer(2), .. Layer(3), .. Layer(4),
    ];

    /// <summary>ImageNet's mean colour as v / 127.5 - 1: red, green, blue.</summary>
    public static float[] Mean { get; } = [.. Levels.Select(level => (level / 127.5f) - 1)];

    /// <summary>
    /// torchvision's name of a tensor that is called by its place in the graph (<c>conv6.weight</c>); null for what has
    /// none.
    /// </summary>
    public static string? Rename(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var kind = name.StartsWith("conv", StringComparison.Ordinal)
            ? "conv"
            : name.StartsWith("bn", StringComparison.Ordinal) ? "bn" : null;
        if (dot < 0
            || kind is null
            || !int.TryParse(
                name.AsSpan(kind.Length, dot - kind.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var number)
                || number < 1 || number > Convolutions.Length)
            return null;
        var place = Convolutions[number - 1];
        if (kind == "bn")
            place = place.EndsWith("downsample.0", StringComparison.Ordinal)
                ? place[..^1] + "1"
                : place.Replace("conv", "bn", StringComparison.Ordinal);
        return place + name[dot..];
    }

    /// <summary>The first convolution takes RGB as v / 127.5 - 1 in the place of BGR levels.</summary>
    public static Tensor Convert(string name, Tensor tensor) =>
        name.EndsWith("encoder.conv1.weight", StringComparison.Ordinal) ? tensor.Flip(1) * 127.5 : tensor;

    private static string[] Layer(int number) =>
        [
            $"layer{number}.0.downsample.0", $"layer{number}.0.conv1", $"layer{number}.0.conv2",
            $"layer{number}.1.conv1", $"layer{number}.1.conv2"
        ];
}

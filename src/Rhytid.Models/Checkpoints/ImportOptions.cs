using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>What an import may do beside copying tensors of equal names and shapes.</summary>
public sealed record ImportOptions
{
    /// <summary>Nothing but equal names and shapes.</summary>
    public static ImportOptions Exact { get; } = new();

    /// <summary>From stage 1 to stage 2 (Moon et al.): a fourth input channel, two logits instead of one.</summary>
    public static ImportOptions Stage2 { get; } = new()
    {
        NewInputChannels = InputGrowth.Mean,
        OtherOutputChannels = HeadChange.Reinitialize
    };

    /// <summary>
    /// The transformer of <c>swin-unetr</c> from another Swin network: one of ours, the published Swin-T or
    /// torchvision's. What has no counterpart on either side stays as it is; position tables of other windows are
    /// resized bicubically.
    /// </summary>
    public static ImportOptions SwinEncoder { get; } = new()
    {
        NewInputChannels = InputGrowth.Mean,
        Into = "swinViT",
        AllowUnused = true,
        AllowMissing = true,
        Rename = SwinNames.Rename
    };

    /// <summary>
    /// The encoder of a residual network from the weights of its classifier: torchvision's names, or an ONNX model that
    /// was trained on BGR levels less their mean (<see cref="OnnxResNet"/>). Layers that the network does without are
    /// left over.
    /// </summary>
    public static ImportOptions ResNetEncoder(CheckpointFormat format) => format == CheckpointFormat.Onnx
        ? new() { Into = "encoder", AllowUnused = true, Rename = OnnxResNet.Rename, Convert = OnnxResNet.Convert }
        : new() { Into = "encoder", AllowUnused = true };

    /// <summary>What further input channels of the first convolutions start with.</summary>
    public InputGrowth NewInputChannels { get; init; } = InputGrowth.Refuse;

    /// <summary>What the output convolution starts with where the number of classes differs.</summary>
    public HeadChange OtherOutputChannels { get; init; } = HeadChange.Refuse;

    /// <summary>
    /// Where the file's tensors belong in the network: "encoder" for the weights of a plain encoder. The rest of the
    /// network keeps what it was initialised with.
    /// </summary>
    public string Into { get; init; } = "";

    /// <summary>
    /// Whether tensors of the file that the network does not have are left over without an error (a classifier's last
    /// layer).
    /// </summary>
    public bool AllowUnused { get; init; }

    /// <summary>
    /// Whether tensors of the network that the file does not have keep what they were initialised with; at least one
    /// must be there.
    /// </summary>
    public bool AllowMissing { get; init; }

    /// <summary>
    /// What the file's names are in the network, below <see cref="Into"/>; null for those that have no place there.
    /// </summary>
    internal Func<string, string?> Rename { get; init; } = name => name;

    /// <summary>What the values of a tensor are in the network, by its name there.</summary>
    internal Func<string, Tensor, Tensor> Convert { get; init; } = (_, tensor) => tensor;
}

/// <summary>The start of input channels that the file does not have.</summary>
public enum InputGrowth
{
    /// <summary>An error.</summary>
    Refuse,

    /// <summary>The mean of the channels that the file has.</summary>
    Mean,

    /// <summary>Zeros: the new channel is ignored at first.</summary>
    Zero,

    /// <summary>As in a new network.</summary>
    Random,
}

/// <summary>The start of an output convolution whose number of classes differs.</summary>
public enum HeadChange
{
    /// <summary>An error.</summary>
    Refuse,

    /// <summary>As in a new network.</summary>
    Reinitialize,

    /// <summary>One logit becomes two: wrinkle is w, background is -w.</summary>
    Split,
}

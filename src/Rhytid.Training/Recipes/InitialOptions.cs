using Rhytid.Models;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Recipes;

/// <summary>The section <c>initial</c> of a recipe: which weights training starts from.</summary>
public sealed record InitialOptions
{
    internal static IReadOnlyList<Field> Keys { get; } =
    [
        Field<InitialOptions>.Text("recipe", "the recipe that makes them",
            x => x.Recipe, (x, v) => x with { Recipe = v }),
        Field<InitialOptions>.Text("file", "their file, which `--from` says too",
            x => x.File, (x, v) => x with { File = v }),
        Field<InitialOptions>.OneOf("part", "`encoder` of a ResNet (torchvision's names, or [an ONNX classifier]"
            + "(../how-to/use-a-network.md#an-imagenet-encoder) for `resnet18-fine`), `swin` of a Swin UNETR",
            x => x.Part, (x, v) => x with { Part = v },
            ("all", InitialPart.All), ("encoder", InitialPart.Encoder), ("swin", InitialPart.Swin)),
        Field<InitialOptions>.OneOf("new-channels", "start of a fourth input channel",
            x => x.NewChannels, (x, v) => x with { NewChannels = v },
            ("mean", InputGrowth.Mean), ("zero", InputGrowth.Zero), ("random", InputGrowth.Random)),
        Field<InitialOptions>.OneOf("head", "start of two outputs where the file has one",
            x => x.Head, (x, v) => x with { Head = v },
            ("reinitialise", HeadChange.Reinitialize), ("split", HeadChange.Split)),
        Field<InitialOptions>.Bool("optional", "start from random weights where no file is given",
            x => x.IsOptional, (x, v) => x with { IsOptional = v }),
    ];

    /// <summary>The recipe that makes them; null for a file from elsewhere.</summary>
    public string? Recipe { get; init; }

    /// <summary>Their file; null where it is given when training starts.</summary>
    public string? File { get; init; }

    /// <summary>The part of the network that they fill.</summary>
    public InitialPart Part { get; init; }

    /// <summary>Start of further input channels.</summary>
    public InputGrowth NewChannels { get; init; } = InputGrowth.Mean;

    /// <summary>Start of the output convolution where the number of classes differs.</summary>
    public HeadChange Head { get; init; } = HeadChange.Reinitialize;

    /// <summary>Without a file, training starts from random weights with a notice.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What the import of the weights may do.</summary>
    /// <param name="format">The kind of file they come in.</param>
    public ImportOptions ToImport(CheckpointFormat format = CheckpointFormat.Safetensors)
    {
        var options = Part switch
        {
            InitialPart.Swin => ImportOptions.SwinEncoder,
            InitialPart.Encoder => ImportOptions.ResNetEncoder(format),
            _ => ImportOptions.Stage2,
        };
        return options with { NewInputChannels = NewChannels, OtherOutputChannels = Head };
    }
}

/// <summary>The part of a network that weights from a file fill.</summary>
public enum InitialPart
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>The residual encoder.</summary>
    Encoder,

    /// <summary>The transformer of a Swin UNETR.</summary>
    Swin,
}

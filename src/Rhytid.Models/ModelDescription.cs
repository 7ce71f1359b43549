using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>One architecture of the catalogue.</summary>
/// <param name="Id">The name used in commands and files ("unet").</param>
/// <param name="Title">One line for people.</param>
/// <param name="Source">The publication or code it comes from.</param>
/// <param name="Create">Builds the network in an empty store.</param>
public sealed record ModelDescription(
    string Id, string Title, string Source, Func<ParameterStore, ModelOptions, Network> Create)
{
    /// <summary>The choices of <see cref="ModelOptions"/> that the architecture has, beside the channels.</summary>
    public ModelChoices Choices { get; init; }

    /// <summary>Whether it names parts of faces instead of wrinkles.</summary>
    public bool IsFaceParser { get; init; }

    /// <summary>Channels of the logits unless asked for otherwise.</summary>
    public int DefaultOutChannels { get; init; } = 1;
}

/// <summary>Choices that an architecture may offer.</summary>
[Flags]
public enum ModelChoices
{
    /// <summary>None beside the channels.</summary>
    None = 0,

    /// <summary><see cref="ModelOptions.Width"/>.</summary>
    Width = 1,

    /// <summary><see cref="ModelOptions.Depths"/>.</summary>
    Depths = 2,

    /// <summary><see cref="ModelOptions.Window"/>.</summary>
    Window = 4,

    /// <summary><see cref="ModelOptions.Gate"/>.</summary>
    Gate = 8,

    /// <summary><see cref="ModelOptions.Bilinear"/>.</summary>
    Bilinear = 16,

    /// <summary><see cref="ModelOptions.DeepSupervision"/>.</summary>
    DeepSupervision = 32,
}

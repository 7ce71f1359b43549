using System.CommandLine;
using Rhytid.Faces.Skin;

namespace Rhytid.Cli.Commands;

/// <summary><c>--skin</c>: how skin is told from the rest of a face.</summary>
internal static class SkinChoiceOption
{
    private const string Parser = "parser";
    private const string Colour = "colour";

    public static Option<string> Create() =>
        CommonOptions.OneOf(
            "--skin", [], "How skin is found: by the face parser that ships, or by the photo's own colours.", Parser,
            [Parser, Colour]);

    /// <summary>The provider; null for the default.</summary>
    public static ISkinMaskProvider? Of(string name) => name == Colour ? new SkinColorModel() : null;
}

using System.CommandLine;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// An option that names a picture to write; its extension chooses the format, so a wrong one is told before any work is
/// done.
/// </summary>
internal static class PictureFileOption
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    public static Option<string?> Create(string name, string[] aliases, string description) =>
        CommonOptions.Validated(
            new Option<string?>(name, aliases)
            {
                Description = $"{description} .png, .jpg or .webp.",
                HelpName = "FILE"
            },
            value =>
                value is null || Extensions.Contains(Path.GetExtension(value).ToLowerInvariant())
                    ? null
                    : $"{name} '{value}' has to end in .png, .jpg or .webp");
}

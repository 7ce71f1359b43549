using Rhytid.Imaging;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>--skin-mask</c>: one mask for one picture, or a folder of masks with the pictures' names.</summary>
internal sealed class SkinMaskOption(CliCommand command, string what)
{
    public Setting<string?> Setting { get; } = command.Text(
        "--skin-mask", "FILE|DIR",
        $"{what} A mask of the picture's size, or a folder with {{stem}}.png for each picture.");

    /// <summary>Checks that a single mask is not meant for several pictures.</summary>
    public SkinMasks Open(int pictures) => Setting.Value is { } path && pictures > 1 && !Directory.Exists(path)
        ? throw new CommandException(
            "--skin-mask FILE belongs to one picture, but there are several; give a folder of masks")
        : new SkinMasks(Setting);
}

/// <summary>The masks that the user gave, if any.</summary>
internal sealed class SkinMasks(string? path)
{
    /// <summary>The mask of a picture, or null when no masks were given.</summary>
    /// <exception cref="ImageException">The mask is missing or cannot be read.</exception>
    public Mask? Find(PhotoPath photo)
    {
        if (path is null)
            return null;
        var file = Directory.Exists(path) ? Path.Combine(path, $"{photo.Stem}.png") : path;
        try
        {
            return ImageEncoding.LoadMask(file);
        }
        catch (FileNotFoundException)
        {
            throw new ImageException($"--skin-mask {file}: there is no such file");
        }
        catch (ImageException error)
        {
            throw new ImageException($"--skin-mask {file}: {error.Message}", error);
        }
    }
}

using System.CommandLine;
using Rhytid.Imaging;

namespace Rhytid.Cli.Commands;

/// <summary><c>--skin-mask</c>: one mask for one picture, or a folder of masks with the pictures' names.</summary>
internal sealed class SkinMaskOption
{
    private readonly string? _path;

    private SkinMaskOption(string? path) => _path = path;

    public static Option<string?> Create(string what) => new("--skin-mask")
    {
        Description = $"{what} A mask of the picture's size, or a folder with {{stem}}.png for each picture.",
        HelpName = "FILE|DIR",
    };

    /// <summary>Checks that a single mask is not meant for several pictures.</summary>
    public static SkinMaskOption Of(string? path, int pictures)
    {
        if (path is not null && pictures > 1 && !Directory.Exists(path))
            throw new CommandException(
                "--skin-mask FILE belongs to one picture, but there are several; give a folder of masks");
        return new SkinMaskOption(path);
    }

    /// <summary>The mask of a picture, or null when no masks were given.</summary>
    /// <exception cref="ImageException">The mask is missing or cannot be read.</exception>
    public Mask? For(PhotoPath photo)
    {
        if (_path is null)
            return null;
        var file = Directory.Exists(_path)
            ? Path.Combine(_path, $"{Path.GetFileNameWithoutExtension(photo.Path ?? "stdin")}.png")
            : _path;
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

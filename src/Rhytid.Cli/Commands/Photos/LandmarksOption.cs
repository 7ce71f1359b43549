using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>--landmarks</c>, <c>--drop-brows</c>: skin by 468 mesh points.</summary>
internal sealed class LandmarksOption
{
    private readonly Setting<bool> _dropBrows;

    public LandmarksOption(CliCommand command)
    {
        Setting = command.Text(
            "--landmarks", "mesh|FILE|DIR",
            "Take the skin from 468 face mesh points: those of the mesh network that ships (mesh), a file of points "
                + "(CSV, JSON), or a folder with {stem}.landmarks.json, .csv or .json for each picture.",
            file => file.EndsWith(".tflite", StringComparison.OrdinalIgnoreCase)
                ? "--landmarks: TFLite networks are not read; MediaPipe's ships with Rhytid: --landmarks mesh"
                : null);
        _dropBrows = command.Flag("--drop-brows", "With --landmarks: the brows are no skin.");
        command.Check(() => _dropBrows && Setting.Value is null ? "--drop-brows belongs to --landmarks" : null);
    }

    public Setting<string?> Setting { get; }

    /// <summary>Checks that the points of one picture are not meant for several; reads a network.</summary>
    public LandmarkSkin Open(int pictures)
    {
        var path = Setting.Value;
        if (path is not null && pictures > 1 && path != LandmarkSkin.Network && !Directory.Exists(path))
            throw new CommandException(
                "--landmarks FILE belongs to one picture, but there are several; "
                    + "give a folder of landmark files, or mesh");
        return new LandmarkSkin(path, _dropBrows);
    }
}

/// <summary>Skin from a network for every photo or from files with the points.</summary>
internal sealed class LandmarkSkin(string? path, bool dropBrows) : IDisposable
{
    /// <summary>What stands for the network that ships.</summary>
    public const string Network = "mesh";

    // In a folder: our own results first.
    private static readonly string[] Endings = [".landmarks.json", ".csv", ".json"];

    private readonly FaceMeshNetwork? _network = path == Network ? FaceMeshNetwork.LoadShipped() : null;

    /// <summary>Skin by the network; null where there is none.</summary>
    public ISkinMaskProvider? Provider =>
        _network is null ? null : new FaceMeshSkinMask(_network) { DropBrows = dropBrows };

    /// <summary>The skin of a picture by its file of points; null without one.</summary>
    /// <exception cref="FaceMeshException">The file is missing or cannot be read.</exception>
    public Mask? Find(PhotoPath photo, Image image)
    {
        if (path is null || _network is not null)
            return null;
        var skin = new Mask(image.Width, image.Height);
        var painter = new FaceMeshSkinMask(new FaceMeshFile(path)) { DropBrows = dropBrows };
        var file = new FaceMeshFile(FileOf(photo));
        if (file.PhotoSize is var (width, height) && (width, height) != (image.Width, image.Height))
            throw new FaceMeshException(
                $"--landmarks {FileOf(photo)}: the points belong to a photo of {width} x {height} pixels, "
                    + $"this one has {image.Width} x {image.Height}");
        foreach (var mesh in file.FindAll(FaceImage.FromAligned(image)))
            skin = skin.Or(painter.Draw(mesh, image.Width, image.Height));
        return skin;
    }

    public void Dispose() => _network?.Dispose();

    private string FileOf(PhotoPath photo)
    {
        if (!Directory.Exists(path))
            return path!;
        var stem = Path.Combine(path, photo.Stem);
        return Endings.Select(ending => stem + ending).FirstOrDefault(File.Exists)
            ?? throw new FaceMeshException(
                $"--landmarks {stem}.landmarks.json: there is no such file, nor .csv or .json");
    }
}

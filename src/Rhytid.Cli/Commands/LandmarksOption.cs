using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Cli.Commands;

/// <summary>
/// <c>--landmarks</c>: skin by 468 mesh points, from a network for every photo or from files with the points.
/// </summary>
internal sealed class LandmarksOption : IDisposable
{
    private const string NetworkEnding = ".tflite";

    // In a folder: our own results first.
    private static readonly string[] Endings = [".landmarks.json", ".csv", ".json"];

    private readonly string? _path;
    private readonly bool _dropBrows;
    private readonly FaceMeshNetwork? _network;

    private LandmarksOption(string? path, bool dropBrows)
    {
        (_path, _dropBrows) = (path, dropBrows);
        _network = path is not null && IsNetwork(path) ? FaceMeshNetwork.Load(path) : null;
    }

    /// <summary>Skin by the network; null where there is none.</summary>
    public ISkinMaskProvider? Skin =>
        _network is null ? null : new FaceMeshSkinMask(_network) { DropBrows = _dropBrows };

    public static Option<string?> Create() => new("--landmarks")
    {
        Description =
            "Take the skin from 468 face mesh points: MediaPipe's network (.tflite), a file of points (CSV, JSON), or a folder with {stem}.landmarks.json, .csv or .json for each picture.",
        HelpName = "FILE|DIR",
    };

    public static Option<bool> DropBrows() =>
        new("--drop-brows") { Description = "With --landmarks: the brows are no skin." };

    /// <summary>Whether the name is a network's, not that of a file of points.</summary>
    public static bool IsNetwork(string path) => path.EndsWith(NetworkEnding, StringComparison.OrdinalIgnoreCase);

    /// <summary>Checks that the points of one picture are not meant for several; reads a network.</summary>
    public static LandmarksOption Of(string? path, bool dropBrows, int pictures)
    {
        if (path is null && dropBrows)
            throw new CommandException("--drop-brows belongs to --landmarks");
        if (path is not null && pictures > 1 && !IsNetwork(path) && !Directory.Exists(path))
            throw new CommandException(
                "--landmarks FILE belongs to one picture, but there are several; give a folder of landmark files, or a .tflite network");
        return new LandmarksOption(path, dropBrows);
    }

    /// <summary>The skin of a picture by its file of points; null without one.</summary>
    /// <exception cref="FaceMeshException">The file is missing or cannot be read.</exception>
    public Mask? For(PhotoPath photo, Image image)
    {
        if (_path is null || _network is not null)
            return null;
        var skin = new Mask(image.Width, image.Height);
        var painter = new FaceMeshSkinMask(new FaceMeshFile(_path)) { DropBrows = _dropBrows };
        var file = new FaceMeshFile(FileOf(photo));
        if (file.PhotoSize is { } size && size != (image.Width, image.Height))
            throw new FaceMeshException(
                $"--landmarks {FileOf(photo)}: the points belong to a photo of {size.Width} x {size.Height} pixels, this one has {image.Width} x {image.Height}");
        foreach (var mesh in file.FindAll(FaceImage.FromAligned(image)))
            skin = skin.Or(painter.Draw(mesh, image.Width, image.Height));
        return skin;
    }

    public void Dispose() => _network?.Dispose();

    private string FileOf(PhotoPath photo)
    {
        if (!Directory.Exists(_path))
            return _path!;
        var stem = Path.Combine(_path, Path.GetFileNameWithoutExtension(photo.Path ?? "stdin"));
        return Endings.Select(ending => stem + ending).FirstOrDefault(File.Exists)
            ?? throw new FaceMeshException(
                $"--landmarks {stem}.landmarks.json: there is no such file, nor .csv or .json");
    }
}

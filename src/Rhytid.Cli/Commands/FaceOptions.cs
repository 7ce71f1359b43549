using System.Drawing;
using System.Globalization;
using Rhytid.Faces;
using Rhytid.Faces.Detection;

namespace Rhytid.Cli.Commands;

/// <summary><c>--faces</c>, <c>--face</c>, <c>--whole</c>: which faces of a photo are meant.</summary>
internal sealed class FaceOptions
{
    private readonly Setting<FaceSelection> _faces;
    private readonly Setting<RectangleF?> _face;
    private readonly Setting<bool> _whole;

    public FaceOptions(CliCommand command)
    {
        _faces = command.Choice("--faces", "Work on the largest face or on all.", FaceSelection.Largest);
        _face = command.Parsed<RectangleF?>(
            "--face", "X,Y,W,H", "Where the face is, in pixels.", null, TryParseBox,
            "is no box; write left,top,width,height in pixels, such as --face 120,80,300,300");
        _whole = command.Flag("--whole", "The whole picture is one aligned face (FFHQ-style crop).");
        command.Exclude(_whole, _face);
    }

    /// <summary>What the user chose.</summary>
    public SegmentOptions Read() => new() { Faces = _faces, FaceBox = _face, Whole = _whole };

    private static bool TryParseBox(string text, out RectangleF? box)
    {
        var parts = text.Split(',').Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : float.NaN);
        box = parts.ToList() is [var x, var y, >= 1 and var width, >= 1 and var height] && !float.IsNaN(x + y)
            ? new RectangleF(x, y, width, height)
            : null;
        return box is not null;
    }
}

/// <summary><c>--detector</c>: how faces are found.</summary>
internal sealed class DetectorOption(CliCommand command)
{
    private const string Shipped = "yunet";
    private const string Haar = "haar";

    public Setting<string> Setting { get; } = command.Text(
        "--detector", "yunet|haar|FILE.onnx",
        "How faces are found: yunet (ships with Rhytid), haar (OpenCV's cascade), or a YuNet or UltraFace network.",
        Shipped);

    /// <summary>The detector; null for the default one, which is loaded when a face is looked for.</summary>
    public IFaceDetector? Load() => Setting.Value switch
    {
        Shipped => null,
        Haar => new HaarFaceDetector(),
        var file => new OnnxFaceDetector(file),
    };

    /// <summary>Finds faces by the detector; disposes it.</summary>
    public OwnedFinder LoadFinder() => new(Load());
}

/// <summary>A finder of faces with the detector that belongs to it.</summary>
internal sealed class OwnedFinder(IFaceDetector? detector) : IDisposable
{
    public FaceFinder Finder { get; } = new(detector);

    public void Dispose()
    {
        Finder.Dispose();
        (detector as IDisposable)?.Dispose();
    }
}

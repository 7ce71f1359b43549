using System.CommandLine;
using System.Drawing;
using System.Globalization;
using Rhytid.Faces.Detection;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands;

/// <summary>
/// <c>--faces</c>, <c>--face</c>, <c>--whole</c>, <c>--detector</c>: which faces of a photo are meant, for every
/// command that looks for some.
/// </summary>
internal sealed class FaceOptions
{
    private readonly Option<string?> _faces = CommonOptions.OneOf<FaceSelection>(
        "--faces", "Work on the largest face (unless told) or on all.");
    private readonly Option<string?> _face = new("--face")
    {
        Description = "Where the face is, in pixels.",
        HelpName = "X,Y,W,H"
    };
    private readonly Option<bool> _whole = new("--whole")
    {
        Description = "The whole picture is one aligned face (FFHQ-style crop)."
    };

    private const string Shipped = "yunet";
    private const string Haar = "haar";

    public static Option<string?> Detector() => new("--detector")
    {
        Description =
            "How faces are found: yunet (ships with Rhytid), haar (OpenCV's cascade), or a YuNet or UltraFace network.",
        HelpName = "yunet|haar|FILE.onnx",
        DefaultValueFactory = _ => Shipped,
    };

    /// <summary>
    /// The detector that <c>--detector</c> names; null for the default one, which is loaded when a face is looked for.
    /// </summary>
    public static IFaceDetector? LoadDetector(string? choice) => choice switch
    {
        null or Shipped => null,
        Haar => new HaarFaceDetector(),
        _ => new OnnxFaceDetector(choice),
    };

    /// <summary>Adds the options and the check that they do not contradict each other.</summary>
    public void AddTo(Command command)
    {
        command.Add(_faces);
        command.Add(_face);
        command.Add(_whole);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_whole) && result.GetValue(_face) is not null)
                result.AddError("--whole and --face exclude each other");
        });
    }

    /// <summary>What the user chose.</summary>
    public SegmentOptions Read(ParseResult parsed) => new()
    {
        Faces = CommonOptions.ValueOf<FaceSelection>(parsed.GetValue(_faces)) ?? FaceSelection.Largest,
        FaceBox = parsed.GetValue(_face) is { } text ? ParseBox(text) : null,
        Whole = parsed.GetValue(_whole),
    };

    private static RectangleF ParseBox(string text)
    {
        var parts =
            text.Split(',')
                .Select(
                    part => float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                        ? value
                        : float.NaN)
                .ToList();
        if (parts.Count != 4 || parts.Exists(float.IsNaN) || parts[2] < 1 || parts[3] < 1)
            throw new CommandException(
                $"--face '{text}' is no box; write left,top,width,height in pixels, such as --face 120,80,300,300");
        return new RectangleF(parts[0], parts[1], parts[2], parts[3]);
    }
}

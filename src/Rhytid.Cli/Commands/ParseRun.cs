using Rhytid.Cli.Terminal;
using Rhytid.Faces;
using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using AtomicFile = Rhytid.Imaging.AtomicFile;

namespace Rhytid.Cli.Commands;

/// <summary>One call of <c>rhytid parse</c>: all photos, side by side, then what was found.</summary>
internal sealed class ParseRun(FaceFinder finder, FaceParser parser, SegmentOptions options)
{
    private readonly FailureList _failures = new();
    private int _faces;

    public required ImageLoadOptions Load { get; init; }
    public required int Threads { get; init; }

    public async Task<int> RunAsync(IReadOnlyList<PhotoPath> photos, CancellationToken token)
    {
        ThreadShare.Set(photos.Count, Threads, usesTorch: true);
        await _failures.GuardEachAsync(
            "parsing faces", photos, photo => photo.Name, Threads, photo => Parse(photo, token), token);
        var files = ".labels.png .labels.npy .skin.png .masked.png .parts.jpg";
        Console.WriteLine(
            photos.Count == 1
                ? $"{Counted.Of(_faces, "face")}; written: {photos[0].OutputStem}{files}"
                : $"{Counted.Of(_faces, "face")}; written for each photo: {files}");
        return _failures.Report(photos.Count);
    }

    private void Parse(PhotoPath photo, CancellationToken token)
    {
        var picture = photo.Load(Load);
        var (_, found) = finder.Find(picture, options);
        if (found.Count == 0)
            Messages.Warning(
                $"{photo.Name}: no face was found, so all of it is background; --face or --whole says where one is");
        var labels = new Plane<byte>(picture.Width, picture.Height);
        foreach (var face in found)
        {
            token.ThrowIfCancellationRequested();
            parser.Parse(finder.Cut(picture, face, options.Whole), labels, token);
        }
        Interlocked.Add(ref _faces, found.Count);
        var skin = FaceParts.MaskOf(labels, ParsedSkinMask.SkinClasses);
        token.ThrowIfCancellationRequested();
        OutputFolder.Make(photo.OutputStem);
        AtomicFile.WriteAll(
        [
            (photo.OutputStem + ".labels.png", labels.Encode(ImageFormat.Png)),
            (photo.OutputStem + ".labels.npy",
                Npy.ToBytes(
                    new StoredTensor("labels", DType.UInt8, [labels.Height, labels.Width], labels.Samples.ToArray()))),
            (photo.OutputStem + ".skin.png", skin.Encode(ImageFormat.Png)),
            (photo.OutputStem + ".masked.png", FaceParts.KeepOnly(picture, skin).Encode(ImageFormat.Png)),
            (photo.OutputStem + ".parts.jpg", FaceParts.Draw(picture, labels).Encode(ImageFormat.Jpeg)),
        ]);
    }
}

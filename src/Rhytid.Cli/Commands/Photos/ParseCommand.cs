using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>rhytid parse</c>: names the part of the face that each pixel belongs to.</summary>
internal static class ParseCommand
{
    private const string Files = ".labels.png .labels.npy .skin.png .masked.png .parts.jpg";

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Names the parts of faces: {stem}.labels.png and .labels.npy (0 to 18), .skin.png, .masked.png, "
                + ".parts.jpg, all of the photo's size.");
        var photos = new PhotoOptions(command);
        var weights = command.Text(
            "--parser", "FILE.safetensors",
            "Another network of 19 classes (rhytid models convert); the one that ships unless given.");
        var detector = new DetectorOption(command);
        var faces = new FaceOptions(command);
        return command.Does(async token =>
        {
            var (batch, options) = (photos.Open(), faces.Read());
            var run = new InferenceSettings { Threads = batch.ThreadsPerPhoto };
            using var parser = weights.Value is { } file
                ? CheckpointFiles.Guard(file, path => FaceParser.Load(path, one => TorchNetworks.Load(one, run)))
                : FaceParser.LoadShipped(batch.ThreadsPerPhoto);
            using var owned = detector.LoadFinder();
            return await batch.RunAsync("parsing faces", Parse, Show, token);

            int Parse(PhotoPath photo)
            {
                var picture = batch.Load(photo);
                var (_, found) = owned.Finder.Find(picture, options);
                if (found.Count == 0)
                    Messages.Warning(
                        $"{photo.Name}: no face was found, so all of it is background; "
                            + "--face or --whole says where one is");
                var labels = new Plane<byte>(picture.Width, picture.Height);
                foreach (var face in found)
                {
                    token.ThrowIfCancellationRequested();
                    parser.Parse(owned.Finder.Cut(picture, face, options.Whole), labels, token);
                }
                Write(photo, picture, labels, token);
                return found.Count;
            }
        });
    }

    private static void Write(PhotoPath photo, Image picture, Plane<byte> labels, CancellationToken token)
    {
        var skin = FaceParts.MaskOf(labels, ParsedSkinMask.SkinClasses);
        var array = new StoredTensor("labels", DType.UInt8, [labels.Height, labels.Width], labels.Samples.ToArray());
        photo.Write(
            token, (".labels.png", labels.Encode(ImageFormat.Png)), (".labels.npy", Npy.ToBytes(array)),
            (".skin.png", skin.Encode(ImageFormat.Png)),
            (".masked.png", FaceParts.KeepOnly(picture, skin).Encode(ImageFormat.Png)),
            (".parts.jpg", FaceParts.Draw(picture, labels).Encode(ImageFormat.Jpeg)));
    }

    private static void Show(IReadOnlyList<(PhotoPath Photo, int Faces)> done)
    {
        var faces = Counted.Of(done.Sum(one => one.Faces), "face");
        Console.WriteLine(done is [var (only, _)]
            ? $"{faces}; written: {only.OutputStem}{Files}"
            : $"{faces}; written for each photo: {Files}");
    }
}

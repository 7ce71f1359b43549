using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Tests.Commands.Photos;

/// <summary><c>rhytid parse</c>.</summary>
public sealed class ParseCommandTests : IDisposable
{
    private static readonly string Portrait = Path.Combine(Repository.Root, "samples", "portrait.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_photo_gives_labels_skin_masked_face_and_a_drawing()
    {
        var run = RhytidProcess.Run("parse", Portrait, "-o", _folder["out"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 face; written:", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "portrait.labels.npy", "portrait.labels.png", "portrait.masked.png", "portrait.parts.jpg",
                "portrait.skin.png"
            ],
            Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var photo = Image.Load(Portrait);
        var labels = Image.Load(_folder["out/portrait.labels.png"]).ToGray();
        var skin = Image.Load(_folder["out/portrait.skin.png"]).ToGray();
        var masked = Image.Load(_folder["out/portrait.masked.png"]);
        Assert.Equal((photo.Width, photo.Height), (labels.Width, labels.Height));
        var values = Npy.Read(_folder["out/portrait.labels.npy"]);
        Assert.Equal(
            (DType.UInt8, labels.Height, labels.Width), (values.Type, (int)values.Shape[0], (int)values.Shape[1]));
        var counts = new int[19];
        for (var i = 0; i < labels.Samples.Length; i++)
        {
            counts[labels.Samples[i]]++;
            Assert.Equal(labels.Samples[i] is 1 or 10, skin.Samples[i] != 0);
            Assert.True(
                skin.Samples[i] != 0
                    ? masked.Samples.Slice(3 * i, 3).SequenceEqual(photo.Samples.Slice(3 * i, 3))
                    : !masked.Samples.Slice(3 * i, 3).ContainsAnyExcept((byte)0));
        }
        // A drawn portrait: the face fills about a fifth of the picture, and has a nose, hair and a neck.
        Assert.InRange(counts[1] + counts[10], 0.08 * labels.Samples.Length, 0.4 * labels.Samples.Length);
        Assert.All(
            new[] { 10, 14, 17 }, part => Assert.True(counts[part] > 500, $"part {part}: {counts[part]} pixels"));
    }

    [Fact]
    public void A_photo_without_a_face_is_background_and_a_warning()
    {
        TestPictures.Landscape(300, 200).Save(_folder["view.png"]);

        var run = RhytidProcess.Run("parse", _folder["view.png"], "-o", _folder["out"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no face was found", run.Error, StringComparison.Ordinal);
        Assert.False(Image.Load(_folder["out/view.labels.png"]).ToGray().Samples.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_parser_that_is_none_is_one_line_and_nothing_is_written()
    {
        File.WriteAllText(_folder["text.safetensors"], "text");

        foreach (var parser in
            new[]
            {
                _folder["text.safetensors"], _folder["none.safetensors"],
                Path.Combine(Repository.Root, "models", "wrinkle.safetensors")
            })
        {
            var run = RhytidProcess.Run("parse", Portrait, "--parser", parser, "-o", _folder["out"]);

            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains(Path.GetFileName(parser), Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder["out"]));
        }
    }
}

using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Synthesis;

public sealed class SynthesizeWrinklesCommandTests : IDisposable
{
    private static readonly Lazy<byte[][]> Young = new(() => [.. new[] { 12, 21 }.Select(seed =>
        PortraitSynthesizer.Draw(
            new PortraitOptions { Seed = seed, Size = 320, Age = 20, TiltDegrees = 0 }).Image.Encode(ImageFormat.Png))
            ]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_paints_pictures_with_masks_and_a_record_of_every_line()
    {
        WriteFaces("faces");

        var run = Run("faces", "out", "--per-face", "2", "--age", "75");

        Assert.Equal(0, run.ExitCode);
        foreach (var (kind, ending) in new[]
        {
            ("images", "jpg"), ("masks", "png"), ("skin_masks", "png"), ("wrinkles", "json")
        })
            Assert.Equal(
                new[] { "a_0", "a_1", "b_0", "b_1" }.Select(id => $"{id}.{ending}"),
                Directory.GetFiles(_folder[$"out/{kind}"]).Select(Path.GetFileName).Order());
        var mask = ImageEncoding.LoadMask(_folder["out/masks/a_0.png"]);
        Assert.Equal((320, 320), (mask.Width, mask.Height));
        Assert.True(mask.Count() > 100, $"{mask.Count()} pixels");
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["out/wrinkles/a_0.json"]));
        var line = json.RootElement.GetProperty("wrinkles")[0];
        Assert.Equal("a.png", json.RootElement.GetProperty("face").GetString());
        Assert.Equal(line.GetProperty("points").GetArrayLength(), line.GetProperty("widthsPixels").GetArrayLength());
        Assert.Equal("family", line.GetProperty("source").GetString());
    }

    [Fact]
    public void Neither_threads_nor_other_photos_change_a_picture()
    {
        WriteFaces("faces");
        Directory.CreateDirectory(_folder["one"]);
        File.Copy(_folder["faces/b.png"], _folder["one/b.png"]);

        Assert.Equal(0, Run("faces", "two", "--threads", "2", "--seed", "3").ExitCode);
        Assert.Equal(0, Run("one", "single", "--threads", "1", "--seed", "3").ExitCode);

        foreach (var file in new[] { "images/b_0.jpg", "masks/b_0.png", "skin_masks/b_0.png", "wrinkles/b_0.json" })
            Assert.Equal(File.ReadAllBytes(_folder[$"two/{file}"]), File.ReadAllBytes(_folder[$"single/{file}"]));
    }

    [Fact]
    public void A_second_call_makes_what_is_missing_only()
    {
        WriteFaces("faces");
        Assert.Equal(0, Run("faces", "out", "--jpeg", "off", "--count", "1").ExitCode);
        File.WriteAllText(_folder["out/images/a_0.png"], "kept");

        var run = Run("faces", "out", "--jpeg", "off");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("written: 1 picture in", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 was there already", run.Output, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(_folder["out/images/a_0.png"]));
        Assert.True(File.Exists(_folder["out/images/b_0.png"]));
    }

    [Fact]
    public void A_photo_without_a_face_is_skipped_and_a_broken_one_is_listed()
    {
        WriteFaces("faces");
        TestPictures.Landscape(200, 200).Save(_folder["faces/view.png"]);
        File.WriteAllText(_folder["faces/broken.png"], "no picture");

        // The aligned faces of this folder are found by the detector as well.
        var run = RhytidProcess.Run("synthesize", "wrinkles", "--faces", _folder["faces"], "-o", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.ErrorLines, line => line.Contains("view.png: skipped, no face", StringComparison.Ordinal));
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains("broken.png", StringComparison.Ordinal));
        Assert.False(
            Directory.Exists(_folder["out/images"]) && Directory.GetFiles(_folder["out/images"], "view*").Length > 0);
    }

    [Theory]
    [InlineData("missing faces", 1, "there is no such folder")]
    [InlineData("empty curves", 1, "there are no PNG masks in this folder")]
    [InlineData("unknown region", 2, "--regions 'chin' is unknown")]
    [InlineData("wrong quality", 2, "--jpeg '101' is neither off nor a quality of 0 to 100")]
    [InlineData("weak", 2, "--strength must be 0.1 to 2")]
    [InlineData("output inside", 2, "-o lies inside --faces")]
    public void A_wrong_call_gets_one_clear_line(string what, int exitCode, string message)
    {
        WriteFaces("faces");
        Directory.CreateDirectory(_folder["empty"]);

        var run = what switch
        {
            "missing faces" => Run("nowhere", "out"),
            "empty curves" => Run("faces", "out", "--curves", _folder["empty"]),
            "unknown region" => Run("faces", "out", "--regions", "forehead,chin"),
            "wrong quality" => Run("faces", "out", "--jpeg", "101"),
            "weak" => Run("faces", "out", "--strength", "0"),
            _ => Run("faces", "faces/out"),
        };

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            message, Assert.Single(run.ErrorLines, line => !line.StartsWith("try:", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private void WriteFaces(string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.WriteAllBytes(_folder[$"{folder}/a.png"], Young.Value[0]);
        File.WriteAllBytes(_folder[$"{folder}/b.png"], Young.Value[1]);
    }

    private RhytidProcess Run(string faces, string output, params string[] more) =>
        RhytidProcess.Run(
            ["synthesize", "wrinkles", "--faces", _folder[faces], "-o", _folder[output], "--whole", .. more]);
}

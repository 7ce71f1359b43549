using System.Diagnostics;
using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests;

/// <summary>Bad input gets one clear line, the documented exit code, and leaves nothing half done.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--threshold 'abc' is not a number", "segment", "x.jpg", "-t", "abc")]
    [InlineData("--seed 'abc' is not a whole number", "synthesize", "portraits", "-o", "x", "--seed", "abc")]
    public void A_word_for_a_number_is_one_line(string line, params string[] arguments) =>
        Assert.Equal(
            $"error: {line}",
            Assert.Single(
                RhytidProcess.Run(arguments).ErrorLines, text => text.StartsWith("error:", StringComparison.Ordinal)));

    [Theory]
    [InlineData("-5,-5,10,10")]
    [InlineData("5000,5000,10,10")]
    public void A_face_outside_the_photo_is_refused(string box)
    {
        TestPictures.Landscape(40, 30).Save(_folder["a.png"]);

        var run = RhytidProcess.Run("segment", _folder["a.png"], $"--face={box}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "lies outside the photo of 40 x 30 pixels", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_picture_is_a_FileNotFoundException_that_names_it()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Image.Load(_folder["none.jpg"]));

        Assert.Equal($"{_folder["none.jpg"]}: there is no such file", error.Message);
        Assert.Equal(_folder["none.jpg"], error.FileName);
    }

    [Fact]
    public void Missing_file() => AssertOneLine("missing.jpg", "no such file");

    [Fact]
    public void Empty_file()
    {
        File.WriteAllBytes(_folder["empty.jpg"], []);
        AssertOneLine("empty.jpg", "empty");
    }

    [Fact]
    public void Truncated_jpeg()
    {
        var file = TestPictures.Landscape(400, 300).Encode(ImageFormat.Jpeg);
        File.WriteAllBytes(_folder["cut.jpg"], file[..(file.Length * 2 / 3)]);
        AssertOneLine("cut.jpg", "cut off");
    }

    [Fact]
    public void Text_named_jpg()
    {
        File.WriteAllText(_folder["notes.jpg"], "these are notes and no photo at all");
        AssertOneLine("notes.jpg", "not a picture");
    }

    [Fact]
    public void Cut_off_heic()
    {
        File.WriteAllBytes(_folder["phone.heic"], [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1"u8]);
        AssertOneLine("phone.heic", "damaged");
    }

    [Fact]
    public void A_header_of_fifty_thousand_squared_is_refused_fast_and_small()
    {
        File.WriteAllBytes(_folder["bomb.png"], TestPictures.PngHeader(50_000, 50_000));
        var watch = Stopwatch.StartNew();

        var run = RhytidProcess.Run("segment", _folder["bomb.png"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("50000 x 50000", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        // The whole process, its start included.
        Assert.True(watch.ElapsedMilliseconds < 5000, $"{watch.ElapsedMilliseconds} ms");
        Assert.True(run.PeakBytes < 200_000_000, $"{run.PeakBytes / 1e6:0} MB");
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Unreadable_file()
    {
        new Image(40, 40).Save(_folder["secret.png"]);
        File.SetUnixFileMode(_folder["secret.png"], UnixFileMode.None);
        File.SetUnixFileMode(
            _folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        // Root may read every file, so root runs the program as somebody else.
        var run = Environment.UserName == "root"
            ? RhytidProcess.RunAsNobody("segment", _folder["secret.png"])
            : RhytidProcess.Run("segment", _folder["secret.png"]);
        Skip.If(
            run.ExitCode > 100 || run.Error.Contains("You must install .NET", StringComparison.Ordinal),
            "the user nobody cannot start the program here");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("permission denied", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_written()
    {
        new Image(64, 64).Save(_folder["photo.png"]);
        File.WriteAllText(_folder["file"], "in the way");

        var run = RhytidProcess.Run("segment", "--whole", _folder["photo.png"], "-o", _folder["file/results"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot make the folder", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public void A_landscape_without_a_face_is_a_warning_and_null()
    {
        TestPictures.Landscape(640, 420).Save(_folder["view.jpg"]);

        var run = RhytidProcess.Run("segment", _folder["view.jpg"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no face was found", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["view.json"]));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("face").ValueKind);
        Assert.Equal(0, ImageEncoding.LoadMask(_folder["view.mask.png"]).Count());
        Assert.Equal(0, RhytidProcess.Run("segment", "--whole", _folder["view.jpg"]).ExitCode);
    }

    [Fact]
    public void A_photo_of_32_by_32()
    {
        TestPictures.Landscape(32, 32).Save(_folder["tiny.png"]);

        Assert.Equal(0, RhytidProcess.Run("segment", _folder["tiny.png"]).ExitCode);
        Assert.Equal(0, RhytidProcess.Run("segment", "--whole", _folder["tiny.png"]).ExitCode);
        var mask = ImageEncoding.LoadMask(_folder["tiny.mask.png"]);
        Assert.Equal((32, 32), (mask.Width, mask.Height));
    }

    [Fact]
    public void Spaces_and_other_letters_in_the_path()
    {
        Directory.CreateDirectory(_folder["Ein Ordner für Übungen 日本"]);
        var path = _folder["Ein Ordner für Übungen 日本/große Tante.png"];
        TestPictures.Landscape(100, 80).Save(path);

        Assert.Equal(0, RhytidProcess.Run("segment", "--whole", path).ExitCode);

        Assert.True(File.Exists(Path.ChangeExtension(path, ".overlay.jpg")));
    }

    [Fact]
    public void A_folder_with_three_good_and_two_bad_files()
    {
        for (var i = 0; i < 3; i++)
            TestPictures.Landscape(90, 70 + i)
                .Save(_folder[$"in/sub{i % 2}/good{i}.png".Replace("in/", MakeSub(i), StringComparison.Ordinal)]);
        File.WriteAllText(_folder["in/bad1.jpg"], "text");
        File.WriteAllBytes(_folder["in/bad2.png"], []);

        var run = RhytidProcess.Run("segment", "--whole", _folder["in"], "-o", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        var errors = run.ErrorLines.Where(line => line.StartsWith("error:", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, errors.Count);
        Assert.Contains("bad1.jpg", errors[0], StringComparison.Ordinal);
        Assert.Contains("3 of 5 photos done, 2 failed", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder["out"], "*.mask.png", SearchOption.AllDirectories).Length);
        Assert.Empty(Directory.GetFiles(_folder["out"], "*.tmp", SearchOption.AllDirectories));

        string MakeSub(int index)
        {
            Directory.CreateDirectory(_folder[$"in/sub{index % 2}"]);
            return "in/";
        }
    }

    [Theory]
    [InlineData("PATH", "segment")]
    [InlineData("--threshold must be 0 to 1", "segment", "x.jpg", "--threshold", "1.5")]
    [InlineData("--method 'magic' is unknown", "segment", "x.jpg", "--method", "magic")]
    [InlineData("--face '1,2,3' is no box", "segment", "x.jpg", "--face", "1,2,3")]
    [InlineData("exclude each other", "segment", "x.jpg", "--face", "1,2,3,4", "--whole")]
    [InlineData(
        "--license-clean and --model exclude each other", "segment", "x.jpg", "--license-clean", "--model",
        "a.safetensors")]
    [InlineData(
        "--license-clean and --method exclude each other", "segment", "x.jpg", "--license-clean", "--method", "cula")]
    [InlineData(
        "--license-clean and --skin exclude each other", "segment", "x.jpg", "--license-clean", "--skin", "parser")]
    [InlineData(
        "--license-clean and --detector exclude each other", "segment", "x.jpg", "--license-clean", "--detector",
        "haar")]
    [InlineData(
        "--size must be 128 to 2730 with --aligned", "synthesize", "portraits", "-o", "x", "--aligned", "--size",
        "4000")]
    [InlineData("--overlay-color 'mauve' is no colour", "segment", "x.jpg", "--overlay-color", "mauve")]
    [InlineData("--threads must be 1 or more", "segment", "x.jpg", "--threads", "0")]
    [InlineData("--kernel must be an odd number", "texture", "x.jpg", "--kernel", "20")]
    [InlineData("--masks", "evaluate", "--data", "x")]
    [InlineData("bogus", "bogus")]
    [InlineData("--threshold 'abc' is not a number", "segment", "x.jpg", "-t", "abc")]
    [InlineData("write 0.5, not 0,5", "segment", "x.jpg", "-t", "0,3")]
    [InlineData("--threads 'many' is not a whole number", "segment", "x.jpg", "--threads", "many")]
    [InlineData("--max-megapixels 'x' is not a number", "texture", "x.jpg", "--max-megapixels", "x")]
    [InlineData("--faces 'two' is unknown; use one of: largest, all", "segment", "x.jpg", "--faces", "two")]
    [InlineData("--tone 'blue' is unknown", "synthesize", "portraits", "-o", "x", "--tone", "blue")]
    [InlineData("--count 'abc' is not a whole number", "synthesize", "portraits", "-o", "x", "--count", "abc")]
    [InlineData("--seed", "synthesize", "portraits", "-o", "x", "--seed", "abc")]
    [InlineData("--wrinkle-value", "evaluate", "--data", "x", "--masks", "y", "--wrinkle-value", "abc")]
    [InlineData("--age must be", "synthesize", "portraits", "-o", "x", "--age", "7")]
    public void Wrong_usage_is_told_in_a_line_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains(expected, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_skin_mask_of_another_size_is_refused()
    {
        new Image(64, 64).Save(_folder["photo.png"]);
        new Mask(32, 32).Save(_folder["skin.png"]);

        var run = RhytidProcess.Run(
            "segment", "--whole", _folder["photo.png"], "--skin-mask", _folder["skin.png"], "-o", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "the skin mask has 32 x 32 pixels, the photo 64 x 64", Assert.Single(run.ErrorLines),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private void AssertOneLine(string name, string expected)
    {
        var before = Directory.GetFileSystemEntries(_folder.Path).Length;

        var run = RhytidProcess.Run("segment", _folder[name]);

        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(name, line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path).Length);
    }
}

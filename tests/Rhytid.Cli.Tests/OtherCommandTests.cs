using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests;

public sealed class OtherCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Doctor_finds_everything_on_a_machine_that_can_run_the_tests()
    {
        var run = RhytidProcess.Run("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("OpenCV", run.Output, StringComparison.Ordinal);
        Assert.Contains("libtorch", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Unable to load shared library 'rhytid_torch'")]
    [InlineData("no library", "librhytid_torch.so: ")]
    public void A_libtorch_part_that_cannot_be_loaded_is_named_in_one_line(string? content, string cause)
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, _folder[Path.GetFileName(file)]);
        File.Delete(_folder["librhytid_torch.so"]);
        if (content is not null)
            File.WriteAllText(_folder["librhytid_torch.so"], content);

        // Photos need no libtorch: that it was not built yet is no fault.
        var doctor = RhytidProcess.RunCopy(_folder.Path, "doctor");
        Assert.Equal(content is null ? 0 : 3, doctor.ExitCode);
        Assert.Contains(
            content is null ? "not there yet" : "apt-get install libtorch-dev", doctor.Output,
            StringComparison.Ordinal);
        Assert.Empty(doctor.ErrorLines);
        var create = RhytidProcess.RunCopy(
            _folder.Path, "models", "create", "unet", _folder["model.safetensors"], "--width", "8");
        Assert.Equal(3, create.ExitCode);
        var line = Assert.Single(create.ErrorLines);
        Assert.StartsWith("error: the libtorch part cannot be loaded (", line, StringComparison.Ordinal);
        Assert.Contains(cause, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_command()
    {
        var run = RhytidProcess.Run("--help");

        Assert.Equal(0, run.ExitCode);
        foreach (var command in
            new[] { "segment", "landmarks", "texture", "evaluate", "compare", "synthesize", "models", "doctor" })
            Assert.Contains(command, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Synthesize_draws_portraits_with_their_masks_and_the_same_seed_draws_the_same()
    {
        foreach (var folder in new[] { "a", "b" })
        {
            var run = RhytidProcess.Run(
                "synthesize", "portraits", "-o", _folder[folder], "--count", "2", "--seed", "5", "--size", "256",
                "--age", "70");
            Assert.Equal(0, run.ExitCode);
        }

        foreach (var kind in new[] { "images", "masks", "skin_masks", "labels" })
        {
            Assert.Equal(
                ["00005.png", "00006.png"], Directory.GetFiles(_folder[$"a/{kind}"]).Select(Path.GetFileName).Order());
            Assert.Equal(
                File.ReadAllBytes(_folder[$"a/{kind}/00005.png"]), File.ReadAllBytes(_folder[$"b/{kind}/00005.png"]));
        }
        Assert.True(ImageEncoding.LoadMask(_folder["a/masks/00005.png"]).Count() > 0);
    }

    [Fact]
    public void Portraits_of_another_run_are_replaced_only_when_told()
    {
        string[] call = ["synthesize", "portraits", "-o", _folder["a"], "--size", "256"];
        Directory.CreateDirectory(_folder["a/masks"]);
        File.WriteAllText(_folder["a/masks/00001.png"], "another run's");

        var refused = RhytidProcess.Run([.. call, "--count", "2"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(
            $"error: {_folder["a/masks/00001.png"]} is there already; give another folder or --seed, or --overwrite to replace",
            Assert.Single(refused.ErrorLines));
        Assert.False(Directory.Exists(_folder["a/images"]));
        Assert.Equal("another run's", File.ReadAllText(_folder["a/masks/00001.png"]));

        Assert.Equal(0, RhytidProcess.Run([.. call, "--seed", "2"]).ExitCode);
        Assert.Equal(0, RhytidProcess.Run([.. call, "--count", "2", "--overwrite"]).ExitCode);
        Assert.Equal(256, ImageEncoding.LoadMask(_folder["a/masks/00001.png"]).Width);
    }

    [Fact]
    public void Methods_that_tell_fine_from_coarse_write_levels_and_trackers_write_tracks()
    {
        var portrait = Path.Combine(Repository.Root, "samples", "portrait.png");

        RhytidProcess.Run("segment", portrait, "-o", _folder["annotator"], "--method", "annotator");
        RhytidProcess.Run("segment", portrait, "-o", _folder["hlt"], "--method", "hlt");

        Assert.False(
            ImageEncoding.LoadGray(_folder["annotator/portrait.levels.png"]).Samples.ContainsAnyExcept(
                (byte)0, (byte)1, (byte)2));
        Assert.False(File.Exists(_folder["hlt/portrait.levels.png"]));
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_folder["hlt/portrait.json"]));
        Assert.True(json.RootElement.GetProperty("face").GetProperty("tracks").GetArrayLength() > 3);
    }

    [Fact]
    public void Texture_writes_the_map_of_a_picture_masked_or_not()
    {
        TestPictures.Landscape(120, 90).Save(_folder["view.png"]);
        var skin = new Mask(120, 90);
        skin.FillEllipse(new(60, 45), new(30, 30));
        skin.Save(_folder["skin.png"]);

        Assert.Equal(0, RhytidProcess.Run("texture", _folder["view.png"], "-o", _folder["plain"]).ExitCode);
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "texture", _folder["view.png"], "-o", _folder["masked"], "--skin-mask", _folder["skin.png"]).ExitCode);

        var plain = ImageEncoding.LoadGray(_folder["plain/view.texture.png"]);
        var masked = ImageEncoding.LoadGray(_folder["masked/view.texture.png"]);
        Assert.Equal(plain[60, 45], masked[60, 45]);
        Assert.Equal(0, masked[0, 0]);
    }

    [Fact]
    public void Texture_of_a_folder_takes_a_folder_of_masks_and_names_a_missing_one()
    {
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateDirectory(_folder["skin"]);
        foreach (var name in new[] { "a", "b" })
            TestPictures.Landscape(60, 50).Save(_folder[$"in/{name}.png"]);
        new Mask(60, 50).Save(_folder["skin/a.png"]);

        var run = RhytidProcess.Run("texture", _folder["in"], "-o", _folder["out"], "--skin-mask", _folder["skin"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.Contains("b.png", StringComparison.Ordinal)
                && line.Contains("no such file", StringComparison.Ordinal));
        Assert.False(ImageEncoding.LoadGray(_folder["out/a.texture.png"]).Samples.ContainsAnyExcept((byte)0));
        Assert.False(File.Exists(_folder["out/b.texture.png"]));
    }
}

using System.Diagnostics;
using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Shipped;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Photos;

public sealed class SegmentCommandTests : IDisposable
{
    private static readonly string Portrait = Path.Combine(Repository.Root, "samples", "portrait.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_portrait_gives_four_files_of_its_own_size()
    {
        var run = RhytidProcess.Run("segment", Portrait, "-o", _folder["out"]);

        Assert.Equal(0, run.ExitCode);
        var photo = Image.Load(Portrait);
        foreach (var name in new[] { "portrait.mask.png", "portrait.map.png", "portrait.overlay.jpg" })
        {
            var written = Image.Load(_folder[$"out/{name}"]);
            Assert.Equal((photo.Width, photo.Height), (written.Width, written.Height));
        }
        Assert.False(
            ImageEncoding.LoadGray(_folder["out/portrait.mask.png"]).Samples.ContainsAnyExcept((byte)0, (byte)255));
        Assert.True(ImageEncoding.LoadMask(_folder["out/portrait.mask.png"]).Count() > 0);
    }

    [Fact]
    public void The_license_clean_chain_runs_or_says_in_one_line_that_its_network_does_not_ship()
    {
        var run = RhytidProcess.Run("segment", Portrait, "--license-clean", "-o", _folder["out"]);

        if (ShippedModels.Default.Has(ShippedModels.OpenWrinkleModel))
        {
            Assert.Equal(0, run.ExitCode);
            Assert.True(File.Exists(_folder["out/portrait.mask.png"]));
            return;
        }
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(ShippedModels.OpenWrinkleModel, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void The_json_follows_its_documented_layout()
    {
        RhytidProcess.Run("segment", Portrait, "-o", _folder.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["portrait.json"]));
        var root = json.RootElement;

        Assert.Equal("rhytid.segmentation/1", root.GetProperty("schema").GetString());
        Assert.Equal("portrait.png", root.GetProperty("photo").GetProperty("file").GetString());
        var shipped = ShippedModels.Default.All.Single(model => model.File == ShippedModels.WrinkleModel);
        Assert.Equal(shipped.File, root.GetProperty("weights").GetProperty("file").GetString());
        Assert.Equal(shipped.Sha256, root.GetProperty("weights").GetProperty("sha256").GetString());
        var face = root.GetProperty("face");
        Assert.Equal(4, face.GetProperty("box").GetArrayLength());
        foreach (var name in new[] { "faceWidthPixels", "blur", "meanGray", "clippedShare", "tiltDegrees", "warnings" })
            Assert.True(face.GetProperty("quality").TryGetProperty(name, out _), name);
        var wrinkles = face.GetProperty("wrinkles");
        Assert.True(wrinkles.GetProperty("count").GetInt32() > 0);
        Assert.True(
            wrinkles.GetProperty("longestLengthPixels").GetDouble()
                <= wrinkles.GetProperty("totalLengthPixels").GetDouble());
    }

    [Fact]
    public void Json_lines_come_in_the_order_of_the_photos_past_one_that_cannot_be_read()
    {
        foreach (var name in new[] { "c.png", "a.png", "b.png" })
            File.Copy(Portrait, _folder[name]);
        File.WriteAllText(_folder["broken.png"], "no picture");

        var run = RhytidProcess.Run(
            "segment", _folder["c.png"], _folder["broken.png"], _folder["a.png"], _folder["b.png"], "--json", "--whole",
            "--method", "texture-threshold");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["c.png", "a.png", "b.png"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
                line => JsonDocument.Parse(line).RootElement.GetProperty("photo").GetProperty("file").GetString()));
    }

    [Fact]
    public void Json_lines_go_to_standard_output()
    {
        File.Copy(Portrait, _folder["a.png"]);
        File.Copy(Portrait, _folder["b.png"]);

        var run = RhytidProcess.Run(
            "segment", _folder["a.png"], _folder["b.png"], "--json", "--whole", "--method", "texture-threshold");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["a.png", "b.png"],
            lines.Select(
                line => JsonDocument.Parse(line).RootElement.GetProperty("photo").GetProperty("file").GetString()));
    }

    [Fact]
    public void Standard_input_is_a_photo()
    {
        var run = RhytidProcess.Run(File.ReadAllBytes(Portrait), "segment", "-", "-o", _folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(_folder["stdin.overlay.jpg"]));
    }

    [Fact]
    public void Two_photos_of_one_name_keep_their_extensions()
    {
        TestPictures.Landscape(80, 60).Save(_folder["in.jpg"]);
        TestPictures.Landscape(80, 60).Save(_folder["in.png"]);

        RhytidProcess.Run("segment", "--whole", _folder.Path, "-o", _folder["out"]);

        Assert.True(File.Exists(_folder["out/in.jpg.mask.png"]));
        Assert.True(File.Exists(_folder["out/in.png.mask.png"]));
    }

    [Fact]
    public void Results_beside_photos_are_no_photos_the_next_time()
    {
        TestPictures.Landscape(80, 60).Save(_folder["one.png"]);
        RhytidProcess.Run("segment", "--whole", _folder.Path);
        RhytidProcess.Run("segment", "--whole", _folder.Path);

        Assert.Equal(5, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void A_network_of_ones_own_that_runs_in_managed_code_needs_no_libtorch()
    {
        var program = Directory.CreateDirectory(_folder["program"]).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory).Where(file => Path.GetFileName(file) != "librhytid_torch.so"))
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        foreach (var part in new[] { "models", "runtimes" })
            Directory.CreateSymbolicLink(Path.Combine(program, part), Path.Combine(AppContext.BaseDirectory, part));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "models", "wrinkle.safetensors"), _folder["own.safetensors"]);

        var run = RhytidProcess.RunCopy(
            program, "segment", Portrait, "--model", _folder["own.safetensors"], "-o", _folder["results"]);

        Assert.Equal(0, run.ExitCode);
        Assert.True(File.Exists(_folder["results/portrait.mask.png"]), run.Error);
    }

    [Fact]
    public void A_higher_threshold_finds_less()
    {
        RhytidProcess.Run(
            "segment", "--whole", Portrait, "-o", _folder["low"], "--method", "texture-threshold", "--threshold",
            "0.05");
        RhytidProcess.Run(
            "segment", "--whole", Portrait, "-o", _folder["high"], "--method", "texture-threshold", "--threshold",
            "0.2");

        Assert.True(
            ImageEncoding.LoadMask(_folder["low/portrait.mask.png"]).Count()
                > ImageEncoding.LoadMask(_folder["high/portrait.mask.png"]).Count());
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        foreach (var threads in new[] { "1", "2" })
        {
            RhytidProcess.Run(
                "segment", Portrait, "-o", _folder["filter" + threads], "--threads", threads, "--method", "cula",
                "--skin", "colour");
            RhytidProcess.Run("segment", Portrait, "-o", _folder["network" + threads], "--threads", threads);
        }

        foreach (var name in new[] { "portrait.mask.png", "portrait.map.png", "portrait.json" })
            Assert.Equal(File.ReadAllBytes(_folder[$"filter1/{name}"]), File.ReadAllBytes(_folder[$"filter2/{name}"]));
        // Sums of a network are added in another order: the last bits differ, which is a level of the map at most.
        var (one, two) =
            (ImageEncoding.LoadLabels(_folder["network1/portrait.map.png"]),
                ImageEncoding.LoadLabels(_folder["network2/portrait.map.png"]));
        for (var i = 0; i < one.Samples.Length; i++)
            Assert.InRange(Math.Abs(one.Samples[i] - two.Samples[i]), 0, 1);
    }

    [Fact]
    public void Ctrl_c_leaves_nothing_half_done()
    {
        Directory.CreateDirectory(_folder["in"]);
        for (var i = 0; i < 12; i++)
            File.Copy(Portrait, _folder[$"in/{i}.png"]);
        using var process = RhytidProcess.Start("segment", _folder["in"], "-o", _folder["out"]);
        while (!process.HasExited
            && (!Directory.Exists(_folder["out"]) || Directory.GetFiles(_folder["out"], "*.json").Length == 0))
            Thread.Sleep(20);

        using (var kill = Process.Start(
            "kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Assert.True(process.WaitForExit(30_000));

        Assert.Equal(130, process.ExitCode);
        var files = Directory.GetFiles(_folder["out"]).Select(path => Path.GetFileName(path)!).ToList();
        Assert.DoesNotContain(files, name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.All(files.GroupBy(name => name.Split('.')[0]), photo => Assert.Equal(4, photo.Count()));
    }
}

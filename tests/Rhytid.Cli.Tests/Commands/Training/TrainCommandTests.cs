using System.Diagnostics;
using Rhytid.Cli.Commands;
using Rhytid.Cli.Tests.Commands.Data;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Training;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainCommandTests()
    {
        var set = DataTestSet.Write(_folder["set"], 10, side: 32);
        Assert.Equal(0, RhytidProcess.Run("data", "pack", set, "-o", _folder["pack"], "--size", "32").ExitCode);
        Assert.Equal(0, RhytidProcess.Run("data", "split", set, "-o", _folder["split"], "--no-duplicates").ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trains_and_the_network_finds_wrinkles()
    {
        var run = RhytidProcess.Run(Small("run"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("epoch 2/2: validation JSI", run.Error, StringComparison.Ordinal);
        Assert.Contains("best: epoch", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            4,
            File.ReadLines(_folder["run/metrics.jsonl"])
                .Count(line => line.Contains("train/loss", StringComparison.Ordinal)));
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "segment", _folder["set/images/00001.png"], "--whole", "--model", _folder["run/best.safetensors"], "-o",
                _folder["found"]).ExitCode);

        Assert.Contains(
            "holds a run already", Assert.Single(RhytidProcess.Run(Small("run")).ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, RhytidProcess.Run([.. Small("run"), "--resume", "--set", "epochs=3"]).ExitCode);
        Assert.Equal(
            6,
            File.ReadLines(_folder["run/metrics.jsonl"])
                .Count(line => line.Contains("train/loss", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, "there is no recipe 'moon'", "moon")]
    [InlineData(1, "has no key 'epoch'", "moon-unet-rgb", "--set", "epoch=1")]
    [InlineData(2, "--set 'epochs' is no change", "moon-unet-rgb", "--set", "epochs")]
    [InlineData(1, "the pack's pictures have 32 pixels, the recipe wants 1024", "moon-unet-rgb")]
    [InlineData(1, "holds no checkpoint", "moon-unet-rgb", "--resume")]
    [InlineData(
        1, "train that first (rhytid train moon-unet-stage1-denoise ...), then give its best.safetensors by --from",
        "moon-unet-denoise-rgb", "--set", "input.size=32", "--set", "width=4")]
    [InlineData(
        1, "train-005.txt", "moon-unet-rgb", "--set", "input.size=32", "--set", "width=4", "--set", "fraction=5")]
    public void WrongUseIsOneLine(int exitCode, string message, params string[] arguments)
    {
        var run =
            RhytidProcess.Run(
                ["train", .. arguments, "--data", _folder["pack"], "--splits", _folder["split"], "-o", _folder["run"]]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Count, 1, 2);
    }

    [Fact]
    public void Each_seed_has_a_run_of_its_own()
    {
        Assert.Equal(0, RhytidProcess.Run([.. Small("runs"), "--seeds", "1,2"]).ExitCode);
        var first = File.ReadAllBytes(_folder["runs/seed-1/best.safetensors"]);
        Assert.NotEqual(first, File.ReadAllBytes(_folder["runs/seed-2/best.safetensors"]));
        Assert.Contains("\"seed\": 2", File.ReadAllText(_folder["runs/seed-2/run.json"]), StringComparison.Ordinal);

        // As after an interruption: what is done stays, what had not begun begins.
        Assert.Equal(0, RhytidProcess.Run([.. Small("runs"), "--seeds", "1,3", "--resume"]).ExitCode);
        Assert.Equal(first, File.ReadAllBytes(_folder["runs/seed-1/best.safetensors"]));
        Assert.True(File.Exists(_folder["runs/seed-3/best.safetensors"]));
        Assert.Equal(
            ["seed-1", "seed-2", "seed-3"],
            Directory.GetFileSystemEntries(_folder["runs"])
                .Select(path => Path.GetFileName(path)!)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_changed_recipe_is_no_resumption()
    {
        Assert.Equal(0, RhytidProcess.Run([.. Small("run"), "--budget", "1s"]).ExitCode);
        var before = File.ReadAllBytes(_folder["run/last.safetensors"]);

        var changed = RhytidProcess.Run([.. Small("run"), "--resume", "--set", "optimizer.learning-rate=1e-3"]);

        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("was begun with another recipe", Assert.Single(changed.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["run/last.safetensors"]));
        // The recipe that the message names goes on.
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "train", _folder["run/recipe.yaml"], "--resume", "--data", _folder["pack"], "--splits",
                _folder["split"], "-o", _folder["run"]).ExitCode);
    }

    // --resume RUN alone, and every form in which a recipe, a folder or data are given as well.
    [Fact]
    public void A_folder_is_enough_to_resume()
    {
        Assert.Equal(0, RhytidProcess.Run([.. Small("run"), "--set", "epochs=1"]).ExitCode);
        var steps = Steps();
        string[][] forms =
        [
            ["--resume", _folder["run"]],
            ["-o", _folder["run"], "--resume"],
            ["--resume", _folder["run/recipe.yaml"], "-o", _folder["run"], "--data", _folder["pack"]],
            [_folder["run/recipe.yaml"], "--resume", _folder["run"]],
        ];
        for (var i = 0; i < forms.Length; i++)
        {
            var run = RhytidProcess.Run(["train", .. forms[i], "--set", $"epochs={i + 2}"]);
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.Equal(steps * (i + 2), Steps());
        }

        File.Move(_folder["pack.safetensors"], _folder["moved.safetensors"]);
        Assert.Equal(
            $"error: {_folder["run"]}: its pack is no longer at {Path.Combine("..", "pack")}; give its new place with --data",
            Assert.Single(RhytidProcess.Run("train", "--resume", _folder["run"]).ErrorLines));
        Assert.Equal(
            0, RhytidProcess.Run("train", "--resume", _folder["run"], "--data", _folder["moved"]).ExitCode);
        Assert.Contains(
            "there is no run to go on with",
            Assert.Single(RhytidProcess.Run("train", "--resume", _folder["set"]).ErrorLines),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-TERM", 143)]
    [InlineData("-INT", 130)]
    public async Task A_signal_saves_and_the_run_goes_on(string signal, int exitCode)
    {
        string[] endless = [.. Small("run"), "--set", "epochs=1000000"];
        using var process = RhytidProcess.Start(endless);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && !File.Exists(_folder["run/last.safetensors"]))
            await Task.Delay(20);
        using (var kill = Process.Start(
            "kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        Assert.True(process.WaitForExit(60_000));

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Empty(await output);
        Assert.Contains(
            $"go on with:\nrhytid {ShellCommand.Join(["train", "--resume", _folder["run"]])}\n", await error,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(_folder["run"]), path => path.EndsWith(".tmp", StringComparison.Ordinal));
        var steps = Steps();
        Assert.Equal(0, RhytidProcess.Run("train", "--resume", _folder["run"], "--budget", "1s").ExitCode);
        Assert.InRange(Steps(), steps + 1, int.MaxValue);
        // None twice, none left out.
        Assert.Equal(
            Enumerable.Range(1, Steps()),
            File.ReadLines(_folder["run/metrics.jsonl"])
                .Where(line => line.Contains("train/loss", StringComparison.Ordinal))
                .Select(line => int.Parse(line.Split("\"train/step\":")[1].Split(',')[0], null)));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_one_line()
    {
        File.WriteAllText(_folder["file"], "");
        var run = RhytidProcess.Run(Small("file/run"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("file/run cannot be written", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    // The disk fills up while a run goes on: first some room is left, then none.
    [SkippableTheory]
    [InlineData(64)]
    [InlineData(0)]
    public void A_full_disk_stops_with_one_line_and_the_checkpoint_stays(int kilobytesLeft)
    {
        Directory.CreateDirectory(_folder["disk"]);
        Skip.IfNot(
            Ends("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", _folder["disk"]),
            "a small disk cannot be mounted here; root can");
        try
        {
            string[] arguments = [.. Small("disk/run")[..^4], "--set", "batch=4", "--set", "epochs=1"];
            Assert.Equal(0, RhytidProcess.Run(arguments).ExitCode);
            var before = File.ReadAllBytes(_folder["disk/run/last.safetensors"]);
            Fill(_folder["disk/filler"], kilobytesLeft);

            var full = RhytidProcess.Run([.. arguments[..^1], "epochs=2", "--resume"]);

            Assert.Equal(1, full.ExitCode);
            Assert.Single(full.ErrorLines, line => line.StartsWith("error:", StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(_folder["disk/run/last.safetensors"]));
            Assert.DoesNotContain(
                Directory.GetFiles(_folder["disk/run"]), path => path.EndsWith(".tmp", StringComparison.Ordinal));
            File.Delete(_folder["disk/filler"]);
            Assert.Equal(0, RhytidProcess.Run([.. arguments[..^1], "epochs=2", "--resume"]).ExitCode);
        }
        finally
        {
            Ends("umount", _folder["disk"]);
        }
    }

    private int Steps() =>
        File.ReadLines(_folder["run/metrics.jsonl"])
            .Count(line => line.Contains("train/loss", StringComparison.Ordinal));

    private static bool Ends(string command, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(
                    new ProcessStartInfo(command, arguments)
                    {
                        RedirectStandardError = true,
                        RedirectStandardOutput = true
                    })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Fill(string path, int kilobytesLeft)
    {
        using var file = File.Create(path, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            file.SetLength(file.Length - (1024 * kilobytesLeft));
        }
    }

    private string[] Small(string folder) =>
        [
            "train", "moon-unet-rgb", "--data", _folder["pack"], "--splits", _folder["split"], "-o", _folder[folder],
            "--set", "input.size=32", "--set", "width=4", "--set", "epochs=2", "--set", "batch=4"
        ];
}

using Rhytid.Cli.Tests.Commands.Data;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Training;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trained_run_becomes_a_page_also_without_open_cv()
    {
        var set = DataTestSet.Write(_folder["set"], 10, side: 32);
        Assert.Equal(0, RhytidProcess.Run("data", "pack", set, "-o", _folder["pack"], "--size", "32").ExitCode);
        Assert.Equal(0, RhytidProcess.Run("data", "split", set, "-o", _folder["split"], "--no-duplicates").ExitCode);
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "train", "moon-unet-rgb", "--data", _folder["pack"], "--splits", _folder["split"], "-o", _folder["run"],
                "--set", "input.size=32", "--set", "width=4", "--set", "epochs=2", "--set", "batch=4").ExitCode);

        var report = RhytidProcess.Run("report", _folder["run"]);

        Assert.Equal(0, report.ExitCode);
        Assert.Contains("report.html", report.Output, StringComparison.Ordinal);
        Assert.Empty(report.ErrorLines);
        var page = File.ReadAllText(_folder["run/report.html"]);
        foreach (var text in
            new[]
            {
                "JSI, mean over images", "Validation scores", "data:image/png;base64,", "moon-unet-rgb", "libtorch"
            })
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_folder["run/overlays"], "*.overlay.png"));

        CopyWithoutOpenCv(_folder["bare"]);
        var bare = RhytidProcess.RunCopy(_folder["bare"], "report", _folder["run"], "-o", _folder["new/page.html"]);
        Assert.Equal(0, bare.ExitCode);
        Assert.Contains(
            "no pictures are drawn: the OpenCV part cannot be loaded", Assert.Single(bare.ErrorLines),
            StringComparison.Ordinal);
        Assert.Contains(
            "The pictures are not drawn", File.ReadAllText(_folder["new/page.html"]), StringComparison.Ordinal);

        // A pack is scored there too.
        var score = RhytidProcess.RunCopy(
            _folder["bare"], "evaluate", "--model", _folder["run/best.safetensors"], "--data",
            _folder["pack.safetensors"], "--split", "test", "--splits", _folder["split"], "--csv",
            _folder["scores.csv"]);
        Assert.Equal(0, score.ExitCode);
        Assert.Contains("mean over photos: JSI (IoU)", score.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_use_is_a_line()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Directory.CreateDirectory(_folder["begun"]);
        File.WriteAllText(_folder["begun/recipe.yaml"], "epochs: 1\n");

        Fails(1, "there is no such folder", "report", _folder["nowhere"]);
        Fails(1, "there is no run in this folder", "report", _folder["empty"]);
        Fails(2, "is a folder; name the file to write", "report", _folder["begun"], "-o", _folder["empty"]);
        Assert.Equal(0, RhytidProcess.Run("report", _folder["begun"]).ExitCode);
    }

    private static void Fails(int exitCode, string line, params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(line, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private static void CopyWithoutOpenCv(string folder)
    {
        var source = AppContext.BaseDirectory;
        foreach (var file in
            Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetFileName(file).Contains("OpenCvSharpExtern", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Evaluation;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("moon", "0.4831")]
    [InlineData("poster", "0.3461")]
    [InlineData("kim", "0.6019")]
    [InlineData("bui", "0.4275")]
    [InlineData("sandu", "0.5087")]
    public void Every_paper_has_its_table_and_notes(string paper, string value)
    {
        var run = RhytidProcess.Run("compare", paper);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(value, run.Output, StringComparison.Ordinal);
        Assert.Contains("- Different papers test on different photos", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.ErrorLines);
    }

    [Fact]
    public void What_evaluate_says_stands_beside_the_published_rows()
    {
        foreach (var name in new[] { "data/masks", "ours" })
            Directory.CreateDirectory(_folder[name]);
        Plane<byte>.FromPixels([255, 0, 0, 0, 0, 255, 255, 0], 4, 2).Save(_folder["data/masks/a.png"]);
        Plane<byte>.FromPixels([255, 255, 0, 0, 0, 255, 0, 0], 4, 2).Save(_folder["ours/a.png"]);
        File.WriteAllText(
            _folder["run.json"],
            RhytidProcess.Run("evaluate", "--data", _folder["data"], "--masks", _folder["ours"], "--json").Output);

        var markdown = RhytidProcess.Run(
            "compare", "kim", _folder["run.json"], "--markdown", "--csv", _folder["new/table.csv"]);

        Assert.Equal(0, markdown.ExitCode);
        Assert.Contains(
            "- (*) ours: scored on 1 photos of data, not on the paper's test photos", markdown.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "| run | ours | data (*) |  | 0.5000 | 0.6667 | 0.7500 | 0.6667 | 0.6667 | 0.8000 |  | image |",
            markdown.Output, StringComparison.Ordinal);
        Assert.Contains("| 1 | sanchez | RGB |  | 0.3517 |", markdown.Output, StringComparison.Ordinal);
        Assert.Equal(
            "run,ours,data (*),,0.5000,0.6667,0.7500,0.6667,0.6667,0.8000,,pooled",
            File.ReadAllLines(_folder["new/table.csv"])[^1]);
    }

    [Fact]
    public void A_run_folder_without_scores_says_what_to_run()
    {
        Directory.CreateDirectory(_folder["my run"]);
        File.WriteAllBytes(_folder["my run/best.safetensors"], []);

        var run = RhytidProcess.Run("compare", "moon", _folder["my run"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"run: rhytid evaluate --model '{_folder["my run/best.safetensors"]}' --data PACK --splits SPLIT --split test --json > '{_folder["my run/scores.json"]}'",
            Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "there is no paper 'sun'; use one of: moon, poster, kim, bui, sandu", "sun")]
    [InlineData(2, "Required argument 'PAPER' missing")]
    [InlineData(1, "nothing.json: there is no such file", "moon", "nothing.json")]
    [InlineData(1, "list.json: this is not what evaluate --json writes", "moon", "list.json")]
    [InlineData(1, "text.json: this is not what evaluate --json writes", "moon", "text.json")]
    [InlineData(1, "this is a folder, not a file of evaluate --json", "moon", "folder.json")]
    public void Wrong_use_gets_a_line(int exitCode, string line, params string[] arguments)
    {
        File.WriteAllText(_folder["list.json"], "[1, 2]");
        File.WriteAllText(_folder["text.json"], "id,jsi\n");
        Directory.CreateDirectory(_folder["folder.json"]);

        var run =
            RhytidProcess.Run(
                ["compare", .. arguments.Select(
                    word => word.EndsWith(".json", StringComparison.Ordinal) ? _folder[word] : word)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            line, Assert.Single(run.ErrorLines, error => error.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}

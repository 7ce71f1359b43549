using System.Text.RegularExpressions;
using Rhytid.Tests.Shared;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Runs.Reporting.RunReportCases;

namespace Rhytid.Training.Tests.Runs.Reporting;

public sealed partial class RunFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_files_are_named_and_the_rest_is_shown()
    {
        WriteRun(_folder);
        File.WriteAllText(_folder["run.json"], "{ \"title\": ");
        File.WriteAllText(_folder[RunExamples.FileName], "no tensors");
        File.WriteAllText(_folder["images.csv"], "id,jsi,f1,precision,recall\na,b\n");
        File.AppendAllText(_folder["metrics.jsonl"], "{\"train/st");

        var run = RunFiles.Load(_folder.Path);
        var page = RunReport.Write(run);

        Assert.Equal(3, run.Problems.Count);
        Assert.DoesNotContain(run.Problems, problem => problem.Contains(_folder.Path, StringComparison.Ordinal));
        foreach (var text in
            new[]
            {
                "run.json cannot be read", "examples.safetensors cannot be read", "images.csv cannot be read",
                "1 lines of the log cannot be read", "<b>0.4000</b>"
            })
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_run_is_a_line()
    {
        Assert.Contains(
            "there is no such folder",
            Assert.Throws<TrainingException>(() => RunFiles.Load(_folder["nowhere"])).Message,
            StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["seed-1"]);
        Assert.Contains(
            "there is no run in this folder",
            Assert.Throws<TrainingException>(() => RunFiles.Load(_folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["seed-1/recipe.yaml"], "x");
        Assert.EndsWith(
            "seed-1", Assert.Throws<TrainingException>(() => RunFiles.Load(_folder.Path)).Message,
            StringComparison.Ordinal);
    }
}

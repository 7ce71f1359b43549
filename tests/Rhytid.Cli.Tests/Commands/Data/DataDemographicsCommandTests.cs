using System.Text.Json;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataDemographicsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DataDemographicsCommandTests() =>
        File.WriteAllText(
            _folder["people.csv"],
            "id,age_group,gender,race\n1,0-2,male,white\n2,7-9,female,black\n3,70-120,female,white\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void People_are_counted_in_the_bins_of_the_published_table()
    {
        var run = RhytidProcess.Run("data", "demographics", _folder["people.csv"], "--published");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            run.Output.Split('\n'), line => Cells(line) is ["age", "0-9", "2", "66.7", "66", "6.6", "7030", "14.1"]);
        Assert.Contains(
            run.Output.Split('\n'), line => Cells(line) is ["people", "", "3", "", "1000", "", "50000", ""]);
    }

    [Fact]
    public void Each_list_of_ids_is_a_column_and_unknown_ids_are_named()
    {
        File.WriteAllText(_folder["train.txt"], "00001\n00002\n");
        File.WriteAllText(_folder["test.txt"], "00003\n00004\n");

        var run = RhytidProcess.Run(
            "data", "demographics", _folder["people.csv"], "--ids", _folder["train.txt"], _folder["test.txt"],
            "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: 00004: not in ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(2, json.RootElement[0].GetProperty("people").GetInt32());
        Assert.Equal(
            1, json.RootElement[1].GetProperty("counts").GetProperty("age_group").GetProperty("70+").GetInt32());
    }

    [Theory]
    [InlineData(2, "Required argument 'CSV' missing", null)]
    [InlineData(1, "there is no such file", "none.csv")]
    [InlineData(1, "line 2: gender 'x' is unknown; use one of: male, female", "bad.csv")]
    [InlineData(2, "Unrecognized command or argument", "people.csv", "more")]
    public void Wrong_use_gets_a_line(int exitCode, string line, params string[]? rest)
    {
        File.WriteAllText(_folder["bad.csv"], "id,gender\n1,x\n");

        var run =
            RhytidProcess.Run(
                ["data", "demographics", .. (rest ?? []).Select(
                    word => word.EndsWith(".csv", StringComparison.Ordinal) ? _folder[word] : word)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(line, run.ErrorLines[0], StringComparison.Ordinal);
    }

    private static string[] Cells(string line) => [.. line.Split('│').Select(cell => cell.Trim()).Skip(1).SkipLast(1)];
}

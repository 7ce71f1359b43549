using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Published;
using Rhytid.Training.Runs;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>rhytid compare</c>: published tables, and our runs beside them.</summary>
internal static class CompareCommand
{
    private const int MethodColumn = 1;
    private const int InputColumn = 2;
    private const string ScoresFile = "scores.json";

    public static CliCommand Create(string name)
    {
        var names = string.Join(", ", PublishedResults.All.Select(paper => paper.Name));
        var command = new CliCommand(name, "Prints a paper's results with notes, and our runs beside them.");
        var asked = command.Argument("PAPER", $"Whose tables. One of: {names}.");
        var runs = command.ArgumentList(
            "RUN", "Our results: files that evaluate --json printed, or folders of scored runs.", mayBeNone: true);
        var markdown = command.Flag("--markdown", "Print Markdown instead of the table.");
        var csv = command.File("--csv", "Also write the table to this file.");
        return command.Does(() =>
        {
            var paper = PublishedResults.All.SingleOrDefault(paper => paper.Name == asked.Value)
                ?? throw new CommandException($"there is no paper '{asked.Value}'; use one of: {names}");
            var table = ComparisonTable.Create(paper, [.. runs.Value.Select(run => EvaluationFile.Load(ScoresOf(run)))]);
            OutputFolder.WriteText(csv, table.ToCsv);
            if (markdown)
                Console.Write(table.ToMarkdown());
            else
                Print(table);
            return ExitCodes.Done;
        });
    }

    private static void Print(ComparisonTable comparison)
    {
        Console.WriteLine(comparison.Paper.Title);
        var table = new Table { Border = TableBorder.Rounded };
        // Narrow: no empty columns, headings in two lines, and of the cells only names are folded.
        List<int> columns =
        [
            .. Enumerable.Range(0, comparison.Header.Count).Where(i => comparison.Rows.Any(row => row[i].Length > 0))
        ];
        foreach (var i in columns)
        {
            var column = new TableColumn(Markup.Escape(comparison.Header[i].Replace(' ', '\n'))).Padding(0, 0, 1, 0);
            table.AddColumn(i is MethodColumn or InputColumn ? column : column.NoWrap());
        }
        foreach (var row in comparison.Rows)
            table.Add(columns.Select(i => row[i].Length == 0 ? "-" : row[i]));
        Messages.WriteWithin(table);
        foreach (var note in comparison.Notes)
            Console.WriteLine($"- {note}");
    }

    // A run's folder has its scores where a fold was scored, or where the line below put them.
    private static string ScoresOf(string run)
    {
        if (!Directory.Exists(run))
            return run;
        var scores = Path.Combine(run, ScoresFile);
        var model = Path.Combine(run, TrainingLoop.BestFile);
        if (File.Exists(scores) || !File.Exists(model))
            return File.Exists(scores) ? scores : run;
        var pack = Path.Combine(run, RunRecord.PackFile);
        var split = Path.Combine(run, RunRecord.SplitFolder);
        var (data, splits) = (File.Exists(pack) ? pack : "PACK", Directory.Exists(split) ? split : "SPLIT");
        var evaluate = ShellCommand.Call(
            "evaluate", "--model", model, "--data", data, "--splits", splits, "--split", "test", "--json");
        throw new CommandException(
            $"{run} has not been scored yet; run: {evaluate} > {ShellCommand.Join([scores])}", ExitCodes.SomeFailed);
    }
}

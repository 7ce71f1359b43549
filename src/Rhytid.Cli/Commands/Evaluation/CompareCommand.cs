using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Published;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>rhytid compare</c>: published tables, and our runs beside them.</summary>
internal static class CompareCommand
{
    private static readonly IReadOnlyList<string> Papers = [.. PublishedResults.All.Select(paper => paper.Name)];

    public static Command Create()
    {
        var paper = new Argument<string>("PAPER") { Description = $"Whose tables. One of: {string.Join(", ", Papers)}." };
        paper.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !Papers.Contains(result.Tokens[0].Value))
                result.AddError($"there is no paper '{result.Tokens[0].Value}'; use one of: {string.Join(", ", Papers)}");
        });
        var runs = new Argument<string[]>("RUN") { Description = "Our results: files that evaluate --json printed.", Arity = ArgumentArity.ZeroOrMore };
        var markdown = new Option<bool>("--markdown") { Description = "Print Markdown instead of the table." };
        var csv = new Option<string?>("--csv") { Description = "Also write the table to this file.", HelpName = "FILE" };
        var command = new Command("compare", "Prints a paper's results with notes, and our runs beside them.") { paper, runs, markdown, csv };
        command.SetAction(parsed => Run(parsed.GetValue(paper)!, parsed.GetValue(runs) ?? [], parsed.GetValue(markdown), parsed.GetValue(csv)));
        return command;
    }

    private static int Run(string paper, string[] runs, bool markdown, string? csv)
    {
        var table = ComparisonTable.Of(PublishedResults.All.Single(one => one.Name == paper), [.. runs.Select(EvaluationFile.Load)]);
        if (csv is not null)
        {
            OutputFolder.Make(csv);
            AtomicFile.WriteText(csv, table.ToCsv());
        }
        if (markdown)
            Console.Write(table.ToMarkdown());
        else
            Print(table);
        return ExitCodes.Done;
    }

    private static void Print(ComparisonTable comparison)
    {
        Console.WriteLine(comparison.Paper.Title);
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var name in comparison.Header)
            table.AddColumn(new TableColumn(Markup.Escape(name)));
        foreach (var row in comparison.Rows)
            table.AddRow([.. row.Select(cell => cell.Length == 0 ? "-" : Markup.Escape(cell))]);
        Messages.ForResults.Write(table);
        foreach (var note in comparison.Paper.Notes)
            Console.WriteLine($"- {note}");
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Rhytid.Cli.Commands;
using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Commands.Evaluation;
using Rhytid.Cli.Commands.Models;
using Rhytid.Cli.Commands.Photos;
using Rhytid.Cli.Commands.Synthesis;
using Rhytid.Cli.Commands.Training;
using Rhytid.Imaging;
using Rhytid.Torch;

namespace Rhytid.Cli;

/// <summary>All commands, and the one place where failures become a line and an exit code.</summary>
internal static partial class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0)
        {
            await Root().Parse(["--help"]).InvokeAsync();
            return ExitCodes.WrongUsage;
        }
        LibtorchSetup.Enable();
        var parsed = Root(args).Parse(args);
        if (parsed.Errors.Count > 0 && !AsksForHelp(args))
        {
            foreach (var message in Problems(parsed))
                Messages.Error(message);
            Messages.Hint($"try: rhytid {CommandPath(parsed)}--help");
            return ExitCodes.WrongUsage;
        }
        using var interrupted = new InterruptToken();
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null
            };
            return await parsed.InvokeAsync(configuration, interrupted.Token);
        }
        catch (StoppedException stopped)
        {
            Messages.Info(stopped.Message);
            return interrupted.ExitCode;
        }
        catch (OperationCanceledException)
        {
            Messages.Error("interrupted; finished files are kept, nothing half done is left");
            return interrupted.ExitCode;
        }
        catch (Exception error) when (Failure(error) is { } failure)
        {
            Messages.Error(failure.Line);
            return failure.ExitCode;
        }
    }

    // Null for an error of the program's own, whose trace is wanted.
    private static (string Line, int ExitCode)? Failure(Exception error)
    {
        if (error is CommandException command)
            return (command.Message, command.ExitCode);
        if (ExitCodes.IsExpected(error) && error is not TorchException)
            return (ExitCodes.LineOf(error), ExitCodes.SomeFailed);
        if (error is OpenCvMissingException)
            return (error.Message, ExitCodes.NotInstalled);
        // Only asked, not installed.
        TorchRuntime.ProvideLibrary = null;
        if (error is DllNotFoundException or TypeInitializationException
            && TorchRuntime.Problem() is { } torch)
            return ($"the libtorch part cannot be loaded ({torch}); run: rhytid doctor", ExitCodes.NotInstalled);
        return error is TorchException ? (ExitCodes.LineOf(error), ExitCodes.SomeFailed) : null;
    }

    // A plain command, not a RootCommand, so that help speaks of "rhytid" whatever the program's file is called.
    private static Command Root(params string[] words)
    {
        string[] rest = [.. words.Skip(1)];
        return Fill(
            new Command("rhytid", "Finds and measures facial wrinkles in photos. Nothing leaves this machine.")
            {
                new HelpOption(),
                new VersionOption(),
            },
            words,
            ("segment", SegmentCommand.Create),
            ("landmarks", LandmarksCommand.Create),
            ("parse", ParseCommand.Create),
            ("texture", TextureCommand.Create),
            ("evaluate", EvaluateCommand.Create),
            ("compare", CompareCommand.Create),
            ("synthesize", name => Synthesize(name, rest)),
            ("data", name => Data(name, rest)),
            ("recipes", RecipesCommand.Create),
            ("train", TrainCommand.Create),
            ("report", ReportCommand.Create),
            ("augment-preview", AugmentPreviewCommand.Create),
            ("models", name => Models(name, rest)),
            ("doctor", DoctorCommand.Create),
            ("reference", name => CommandReference.Create(name, () => Root())));
    }

    // Pictures whose wrinkles are known exactly, because they were painted.
    private static Command Synthesize(string name, string[] words) => Fill(
        new Command(name, "Draws pictures with exact wrinkle masks."),
        words,
        ("portraits", SynthesizePortraitsCommand.Create),
        ("wrinkles", SynthesizeWrinklesCommand.Create));

    // Everything before training, from photos and annotators to a checked, split and packed set.
    private static Command Data(string name, string[] words) => Fill(
        new Command(name, "Checks, labels, splits and packs data sets for training."),
        words,
        ("pack", DataPackCommand.Create),
        ("check", DataCheckCommand.Create),
        ("prepare", DataPrepareCommand.Create),
        ("weak-labels", DataWeakLabelsCommand.Create),
        ("vote", DataVoteCommand.Create),
        ("agreement", DataAgreementCommand.Create),
        ("split", DataSplitCommand.Create),
        ("demographics", DataDemographicsCommand.Create),
        ("stats", DataStatsCommand.Create),
        ("preview", DataPreviewCommand.Create),
        ("semi-auto", DataSemiAutoCommand.Create),
        ("merge", DataMergeCommand.Create));

    private static Command Models(string name, string[] words) => Fill(
        new Command(name, "Lists the networks; looks into weight files, converts and exports them."),
        words,
        ("list", ModelsListCommand.Create),
        ("inspect", ModelsInspectCommand.Create),
        ("convert", ModelsConvertCommand.Create),
        ("create", ModelsCreateCommand.Create),
        ("export", ModelsExportCommand.Create));

    // Makes the command that the next word names: to make them all takes longer than most of them run. Where it names
    // none, help and messages need them all.
    private static Command Fill(
        Command parent, string[] words, params (string Name, Func<string, Command> Create)[] all)
    {
        var named = Array.FindAll(all, command => command.Name == words.FirstOrDefault());
        foreach (var (name, create) in named.Length > 0 ? named : all)
            parent.Add(create(name));
        return parent;
    }

    // A group of commands with a word that is none of them: one line, not one for every word that follows.
    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            var names = string.Join(", ", command.Subcommands.Select(sub => sub.Name));
            return [$"there is no command '{CommandPath(parsed)}{word}'; there are: {names}"];
        }
        return parsed.Errors.Select(error => Plain(error.Message)).Distinct();
    }

    // The parser's own words about numbers name types of .NET.
    private static string Plain(string message) => WrongValue().Match(message) is { Success: true } wrong
        ? CommonOptions.NotANumber(
            wrong.Groups["option"].Value, wrong.Groups["value"].Value, wrong.Groups["type"].Value)
        : message;

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'")]
    private static partial Regex WrongValue();

    private static bool AsksForHelp(string[] args) => args.Any(arg => arg is "-h" or "--help" or "-?");

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Parent is CommandResult parent; result = parent)
            names.Insert(0, result.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}

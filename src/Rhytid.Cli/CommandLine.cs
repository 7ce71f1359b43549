using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Rhytid.Cli.Commands;
using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Commands.Evaluation;
using Rhytid.Cli.Commands.Training;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Torch.Serialization.Tflite;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;

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
        var parsed = Root().Parse(args);
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
        catch (CommandException error)
        {
            Messages.Error(error.Message);
            return error.ExitCode;
        }
        catch (Exception error) when (IsOfInput(error))
        {
            Messages.Error(error.Message);
            return ExitCodes.SomeFailed;
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
        catch (Exception error) when (VisionInfo.Problem() is { } problem)
        {
            Messages.Error($"the OpenCV part cannot be loaded ({problem}); run: rhytid doctor");
            _ = error;
            return ExitCodes.NotInstalled;
        }
        catch (Exception error) when (TorchRuntime.Problem() is { } problem)
        {
            Messages.Error($"the libtorch part cannot be loaded ({problem}); run: rhytid doctor");
            _ = error;
            return ExitCodes.NotInstalled;
        }
        catch (TorchException error)
        {
            Messages.Error(error.Message.Split('\n')[0]);
            return ExitCodes.SomeFailed;
        }
    }

    // A plain command, not a RootCommand, so that help speaks of "rhytid" whatever the program's file is called.
    private static Command Root() =>
        new("rhytid", "Finds and measures facial wrinkles in photos. Nothing leaves this machine.")
        {
            new HelpOption(),
            new VersionOption(),
            SegmentCommand.Create(),
            LandmarksCommand.Create(),
            ParseCommand.Create(),
            TextureCommand.Create(),
            EvaluateCommand.Create(),
            CompareCommand.Create(),
            SynthesizeCommand.Create(),
            DataCommand.Create(),
            RecipesCommand.Create(),
            TrainCommand.Create(),
            ReportCommand.Create(),
            AugmentPreviewCommand.Create(),
            ModelsCommand.Create(),
            DoctorCommand.Create(),
            ReferenceCommand.Create(Root),
        };

    // A group of commands with a word that is none of them: one line, not one for every word that follows.
    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
            return
            [
                $"there is no command '{CommandPath(parsed)}{word}'; there are: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}"
            ];
        return parsed.Errors.Select(error => Plain(error.Message)).Distinct();
    }

    // The parser's own words about numbers name types of .NET.
    private static string Plain(string message) => WrongValue().Match(message) is { Success: true } wrong
        ? CommonOptions.NotANumber(
            wrong.Groups["option"].Value, wrong.Groups["value"].Value, wrong.Groups["type"].Value)
        : message;

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'")]
    private static partial Regex WrongValue();

    private static bool IsOfInput(Exception error) => error is
        ImageException or FileNotFoundException or DatasetException or RecipeException or TrainingException
            or CheckpointException or TfliteException;

    private static bool AsksForHelp(string[] args) => args.Any(arg => arg is "-h" or "--help" or "-?");

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Parent is CommandResult parent; result = parent)
            names.Insert(0, result.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}

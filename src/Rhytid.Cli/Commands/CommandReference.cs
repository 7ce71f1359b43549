using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Rhytid.Cli.Commands;

/// <summary>
/// The page docs/reference/cli.md, from the commands themselves; <c>eng/make-cli-reference</c> calls the hidden
/// <c>rhytid reference</c>.
/// </summary>
internal static class CommandReference
{
    // Pages that say more than a description can.
    private static readonly Dictionary<string, string> Pages = new()
    {
        ["segment"] = "[your first photo](../getting-started/first-photo.md)",
        ["landmarks"] = "[use a face mesh](../how-to/face-mesh.md)",
        ["evaluate"] = "[score masks](../how-to/score-masks.md), [score a network](../how-to/score-a-network.md)",
        ["compare"] = "[score a network](../how-to/score-a-network.md)",
        ["synthesize wrinkles"] = "[synthetic wrinkles](../explanation/synthetic-wrinkles.md)",
        ["data"] = "[prepare a data set](../how-to/prepare-a-set.md)",
        ["data merge"] = "[join sets](../how-to/prepare-a-set.md#join-sets)",
        ["data pack"] = "[pack a data set](../how-to/pack-a-set.md)",
        ["data split"] = "[split a set](../how-to/split-a-set.md)",
        ["data vote"] = "[several annotators](../how-to/several-annotators.md)",
        ["data agreement"] = "[several annotators](../how-to/several-annotators.md)",
        ["recipes"] = "[recipes](recipes.md)",
        ["train"] = "[train a network](../how-to/train.md), [use many machines](../how-to/many-machines.md)",
        ["report"] = "[the report](../how-to/train.md#the-report)",
        ["augment-preview"] = "[augmentation](augmentation.md)",
        ["models"] = "[use a network](../how-to/use-a-network.md)",
        ["models export"] = "[export to ONNX](../how-to/export-to-onnx.md)",
    };

    /// <param name="name">The command's name.</param>
    /// <param name="root">Makes the whole tree of commands, which this one is part of.</param>
    public static Command Create(string name, Func<Command> root)
    {
        var command = new CliCommand(name, "Prints the reference of all commands as Markdown.");
        command.Hidden = true;
        return command.Does(() =>
        {
            Console.Write(ToMarkdown(root()));
            return ExitCodes.Done;
        });
    }

    /// <param name="root">The program's root command.</param>
    public static string ToMarkdown(Command root)
    {
        var page = new StringBuilder();
        page.Append("""
            # Command line

            <!-- Written by eng/make-cli-reference from the commands; change the descriptions there. -->

            `./rhytid COMMAND --help` prints the same. Results go to standard output, messages to standard error.

            | exit code | meaning |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (code, meaning) in ExitCodes.Meanings)
            page.Append(CultureInfo.InvariantCulture, $"| {code} | {Cell(meaning)} |\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
            Append(page, command, command.Name, level: 2);
        return page.ToString();
    }

    private static void Append(StringBuilder page, Command command, string path, int level)
    {
        var arguments = command.Arguments.Where(argument => !argument.Hidden).ToList();
        var usage = string.Concat(arguments.Select(argument => $" {Usage(argument)}"));
        page.Append(
            CultureInfo.InvariantCulture, $"\n{new string('#', level)} `{path}{usage}`\n\n{command.Description}");
        page.Append(Pages.TryGetValue(path, out var more) ? $" See {more}.\n" : "\n");
        var options = command.Options.Where(option => !option.Hidden).ToList();
        if (arguments.Count + options.Count > 0)
            page.Append("\n| | meaning | default |\n|---|---|---|\n");
        foreach (var argument in arguments)
            page.Append(CultureInfo.InvariantCulture, $"| `{argument.Name}` | {Cell(argument.Description)} | |\n");
        foreach (var option in options)
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{Cell(Names(option))}` | {Cell(option.Description)} | {Default(option)}|\n");
        foreach (var sub in command.Subcommands.Where(sub => !sub.Hidden))
            Append(page, sub, $"{path} {sub.Name}", level + 1);
    }

    private static string Usage(Argument argument) => argument.Arity switch
    {
        { MinimumNumberOfValues: 0, MaximumNumberOfValues: > 1 } => $"[{argument.Name}...]",
        { MinimumNumberOfValues: 0 } => $"[{argument.Name}]",
        { MaximumNumberOfValues: > 1 } => $"{argument.Name}...",
        _ => argument.Name,
    };

    private static string Names(Option option)
    {
        var names = string.Join(
            ", ",
            option.Aliases.Order(StringComparer.Ordinal).Where(alias => alias != option.Name).Append(option.Name));
        return option.ValueType == typeof(bool) ? names : $"{names} {option.HelpName ?? "VALUE"}";
    }

    // The number of processors is this machine's.
    private static string Default(Option option)
    {
        if (option.Required)
            return "needed ";
        if (!option.HasDefaultValue || option.ValueType == typeof(bool) || option.Name == "--threads")
            return "";
        var value = option.GetDefaultValue();
        var text = value is string[] many
            ? string.Join(", ", many)
            : Convert.ToString(value, CultureInfo.InvariantCulture);
        return string.IsNullOrEmpty(text) ? "" : $"{Cell(text)} ";
    }

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}

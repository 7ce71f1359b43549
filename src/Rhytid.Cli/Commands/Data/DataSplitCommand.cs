using System.CommandLine;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data split</c>: which photos to learn from, to choose by and to test on.</summary>
internal static class DataSplitCommand
{
    public static Command Create()
    {
        var folders = DataArguments.Folders();
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for the lists of ids; made when missing.",
            HelpName = "DIR",
            Required = true
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Another seed, another split.",
            HelpName = "S",
            DefaultValueFactory = _ => 0
        };
        var parts = CommonOptions.Validated(
            new Option<string>("--parts")
            {
                Description = "Proportions of training, validation and test.",
                HelpName = "T/V/T",
                DefaultValueFactory = _ => SplitShares.Default.ToString()
            },
            value =>
                SplitShares.Parse(value) is not null
                    ? null
                    : $"--parts '{value}' must be three numbers such as 80/10/10, the first above 0");
        var testList = new Option<string?>("--test-list")
        {
            Description = "The test part: a file of ids. The rest is split between training and validation.",
            HelpName = "FILE"
        };
        var exclude = new Option<string?>("--exclude")
        {
            Description = "A file of ids that may be in no part.",
            HelpName = "FILE"
        };
        var folds = CommonOptions.Validated(
            new Option<int?>("--folds")
            {
                Description = "Also write this many folds of everything that is not test.",
                HelpName = "K"
            },
            value => value is null or (>= 2 and <= 100) ? null : "--folds must be 2 to 100");
        var stratify = new Option<bool>("--stratify")
        {
            Description =
                "Give every fold its share of each set; ids of one set begin with the same letters, as f00002 and r0000103 do."
        };
        var fractions = CommonOptions.Validated(
            new Option<string?>("--fractions")
            {
                Description =
                    "Also write parts of the training ids, each inside the next larger one, such as 100,50,25,5.",
                HelpName = "PERCENT,..."
            },
            value =>
                value is null || FractionsOf(value) is not null
                    ? null
                    : $"--fractions '{value}' must be percentages from 1 to 100, each once, such as 100,50,25,5");
        var all = new Option<bool>("--all") { Description = "Also photos without a manual mask." };
        var dropEmpty = new Option<bool>("--drop-empty")
        {
            Description = "Leave out photos on whose mask no wrinkle is drawn."
        };
        var noDuplicates = new Option<bool>("--no-duplicates")
        {
            Description = "Do not look for photos that are the same under different names."
        };
        var threads = CommonOptions.Threads();
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an earlier split." };
        var options = new DatasetOptionSet();
        var command = new Command(
            "split",
            "Splits data sets into training, validation and test ids; the same photo is never in two parts.")
            {
                folders, output, seed, parts, testList, exclude, folds, stratify, fractions, all, dropEmpty,
                noDuplicates, threads, overwrite
            };
        options.AddTo(command);
        command.SetAction((parsed, token) => new SplitRun
        {
            Output = parsed.GetValue(output)!,
            TestList = parsed.GetValue(testList),
            Exclude = parsed.GetValue(exclude),
            Options = new SplitOptions
            {
                Seed = parsed.GetValue(seed),
                Shares = SplitShares.Parse(parsed.GetValue(parts)!)!.Value,
                Folds = parsed.GetValue(folds) ?? 0,
                StratifyFolds = parsed.GetValue(stratify),
                Fractions = parsed.GetValue(fractions) is { } text ? FractionsOf(text)! : [],
            },
            All = parsed.GetValue(all),
            DropEmpty = parsed.GetValue(dropEmpty),
            FindDuplicates = !parsed.GetValue(noDuplicates),
            Threads = parsed.GetValue(threads),
            Overwrite = parsed.GetValue(overwrite),
        }.RunAsync(DataArguments.Different(parsed.GetValue(folders)!), options.Read(parsed), token));
        return command;
    }

    private static List<int>? FractionsOf(string text)
    {
        var percents =
            text.Split(',')
                .Select(
                    part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
                        ? percent
                        : 0)
                .ToList();
        return percents.TrueForAll(percent => percent is >= 1 and <= 100)
            && percents.Distinct().Count() == percents.Count ? percents : null;
    }
}

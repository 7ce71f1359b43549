using System.Globalization;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data split</c>: which photos to learn from, to choose by and to test on.</summary>
internal static class DataSplitCommand
{
    private const int MostTold = 10;

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Splits data sets into training, validation and test ids; the same photo is never in two parts.");
        var folders = command.DatasetFolders();
        var output = command.Required("--output, -o", "DIR", "Folder for the lists of ids; made when missing.");
        var seed = command.Seed("Another seed, another split.");
        var parts = command.Parsed(
            "--parts", "T/V/T", "Proportions of training, validation and test.", SplitShares.Default.ToString(),
            (string text, out SplitShares shares) =>
            {
                shares = SplitShares.Parse(text).GetValueOrDefault();
                return SplitShares.Parse(text) is not null;
            },
            "must be three numbers such as 80/10/10, the first above 0");
        var testList = command.File(
            "--test-list", "The test part: a file of ids. The rest is split between training and validation.");
        var exclude = command.File("--exclude", "A file of ids that may be in no part.");
        var folds = command.OptionalNumber<int>(
            "--folds", "K", "Also write this many folds of everything that is not test.", 2, 100);
        var stratify = command.Flag(
            "--stratify",
            "Give every fold its share of each set; ids of one set begin with the same letters, as f00002 and r0000103 "
                + "do.");
        var fractions = command.Parsed<IReadOnlyList<int>>(
            "--fractions", "PERCENT,...",
            "Also write parts of the training ids, each inside the next larger one, such as 100,50,25,5.", null,
            TryParseFractions, "must be percentages from 1 to 100, each once, such as 100,50,25,5", []);
        var all = command.Flag("--all", "Also photos without a manual mask.");
        var dropEmpty = command.Flag("--drop-empty", "Leave out photos on whose mask no wrinkle is drawn.");
        var noDuplicates = command.Flag(
            "--no-duplicates", "Do not look for photos that are the same under different names.");
        var threads = command.Threads();
        var overwrite = command.Flag("--overwrite", "Replace an earlier split.");
        var data = new DatasetOptionSet(command);
        return command.Does(token =>
        {
            var options = new DatasetSplitOptions
            {
                Split = new SplitOptions
                {
                    Seed = seed,
                    Shares = parts,
                    Folds = folds.Value ?? 0,
                    StratifyFolds = stratify,
                    Fractions = fractions.Value,
                },
                TestList = testList,
                Exclude = exclude,
                All = all,
                DropEmpty = dropEmpty,
                FindDuplicates = !noDuplicates,
                Threads = threads,
            };
            return SplitAsync(DataArguments.Different(folders), data.Read(), options, output, overwrite, token);
        });
    }

    /// <summary>Splits folders, writes the lists and tells what became of each photo.</summary>
    public static async Task<int> SplitAsync(
        IReadOnlyList<string> folders, DatasetOptions reading, DatasetSplitOptions options, string output,
        bool overwrite, CancellationToken token)
    {
        var datasets = folders.Select(folder => WrinkleDataset.Open(folder, reading)).ToList();
        var count = options.FindDuplicates
            ? datasets.Sum(set => options.All ? set.Samples.Count : set.Labelled.Count())
            : 0;
        ThreadShare.Set(count, options.Threads);
        var split = await PhotoProgress.RunAsync(
            "reading", count, done => DatasetSplit.Create(datasets, options, done, token));
        split.Write(output, overwrite);
        Print(split);
        Console.WriteLine(
            $"written: {output}; seed {Count(options.Split.Seed)}, {split.Split.Photos} different photos");
        // A misspelt id would be missing from its list, or stay in a part, without a word.
        foreach (var (list, listed, unknown) in split.Unknown)
            Messages.Warning(
                $"{list}: {unknown.Count} of {listed} ids {(unknown.Count == 1 ? "is" : "are")} not among the photos "
                    + $"that are split: {AnnotatorOptionSet.Some(unknown, MostTold)}");
        foreach (var group in split.SamePhotos)
            Console.WriteLine($"the same photo, kept together: {string.Join(" = ", group)}");
        return SoundSets.TellDamage(split.Damage);
    }

    private static bool TryParseFractions(string text, out IReadOnlyList<int> fractions)
    {
        var percents = NumberList.Parse(text);
        fractions = percents;
        return percents.TrueForAll(percent => percent is >= 1 and <= 100)
            && percents.Distinct().Count() == percents.Count;
    }

    private static void Print(DatasetSplit split)
    {
        IReadOnlyList<SplitSource> several = split.Sources.Count > 1 ? split.Sources : [];
        var table = Tables.Create(["list"], ["ids", .. several.Select(set => set.Name)]);
        foreach (var (name, ids) in SplitFiles.ListsOf(split.Split))
            table.Add([name, Count(ids.Count), .. several.Select(set => Count(set.Ids.Intersect(ids).Count()))]);
        table.Print();
        foreach (var set in split.Sources.Where(set => set.WithoutMask > 0))
            Console.WriteLine(
                $"{set.Name}: {Counted.Of(set.WithoutMask, "photo")} without a manual mask left out "
                    + "(--all takes them)");
        foreach (var set in split.Sources)
            Tell($"{set.Name}: left out, there is no photo", set.WithoutPhoto);
        foreach (var set in split.Sources.Where(set => set.Empty > 0))
            Console.WriteLine($"{set.Name}: {Counted.Of(set.Empty, "photo")} left out because no wrinkle is drawn");
        if (split.TestListCount is { } listed)
            Console.WriteLine($"test list: {split.Split.Test.Count} of its {listed} ids are in the set");
        Tell("left out, the same photo as a test id", split.Split.SamePhotoAsTest);
        Tell("excluded", split.Split.Excluded);
    }

    private static void Tell(string what, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
            Console.WriteLine($"{what} ({ids.Count}): {string.Join(' ', ids)}");
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>rhytid data check</c>: every missing, empty, mis-sized or unreadable file, and photos that are there twice.
/// </summary>
internal static class DataCheckCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Lists every missing, empty, mis-sized or unreadable file, and photos that are there twice, also in "
                + "different sets.");
        var folders = command.DatasetFolders();
        var skipDuplicates = command.Flag("--no-duplicates", "Do not look for photos that are there twice.");
        var json = command.Json("lines");
        var threads = command.Threads();
        var data = new DatasetOptionSet(command);
        return command.Does(async token =>
        {
            var sets = DataArguments.Different(folders)
                .Select(folder => WrinkleDataset.OpenForCheck(folder, data.Read()))
                .ToList();
            var checks = await SoundSets.CheckAsync(sets, threads, token);
            var photos = checks.SelectMany(
                check => check.Photos.Select(photo => (photo.Sample[Channel.Photo]!, photo.Fingerprint)));
            var twice = skipDuplicates ? [] : NearDuplicates.Find([.. photos], threads, token);
            if (json)
                Console.WriteLine(DatasetCheck.ToJson(checks, twice));
            else
                Print(checks, twice);
            return ExitCodes.From(checks.All(check => check.Findings.Count == 0));
        });
    }

    private static void Print(IReadOnlyList<DatasetCheck> checks, IReadOnlyList<IReadOnlyList<string>> twice)
    {
        foreach (var check in checks)
        {
            foreach (var finding in check.Findings)
                Console.WriteLine(finding.Message);
            Console.WriteLine($"{check.Dataset.Folder}: {Contents(check)}; {Findings(check)}");
        }
        foreach (var group in twice)
            Messages.Warning($"the same photo, perhaps edited: {string.Join(" = ", group)}");
        if (twice.Count > 0)
            Messages.Hint(
                $"{Counted.Of(twice.Count, "photo")} {(twice.Count == 1 ? "is" : "are")} there more than once; "
                    + "rhytid data split keeps the copies of a photo in one part");
    }

    private static string Contents(DatasetCheck check)
    {
        var (set, samples) = (check.Dataset, check.Dataset.Samples);
        var more = check.Counts.Where(one => one.Channel is not (Channel.Photo or Channel.Wrinkles));
        string[] parts =
        [
            $"layout {set.Layout.Name}", Counted.Of(samples.Count, "id"), Counted.Of(check.Photos.Count, "photo"),
            Counted.Of(set.Labelled.Count(), "manual mask"),
            .. more.Where(one => one.Count > 0).Select(one => Counted.Of(one.Count, one.Name))
        ];
        return string.Join(", ", parts);
    }

    private static string Findings(DatasetCheck check)
    {
        var kinds = check.Findings.GroupBy(finding => finding.Kind).OrderBy(kind => kind.Key);
        return check.Findings.Count == 0
            ? "nothing is wrong"
            : string.Join(", ", kinds.Select(kind => $"{kind.Count()} {Words(kind.Key)}"));
    }

    private static string Words(FindingKind kind) => kind switch
    {
        FindingKind.EmptyMask => "with an empty mask",
        FindingKind.WrongSize => "of a wrong size",
        FindingKind.WrongValues => "with wrong values",
        FindingKind.TwoFiles => "with two files",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

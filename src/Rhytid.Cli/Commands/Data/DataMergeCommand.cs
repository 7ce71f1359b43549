using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data merge</c>: several labelled sets as one plain set, without double ids.</summary>
internal static class DataMergeCommand
{
    public static Command Create()
    {
        var folders = DataArguments.Folders();
        var output = PlainSetOutput.Option();
        var dropEmpty = new Option<bool>("--drop-empty") { Description = "Leave out masks without a wrinkle." };
        var png = DataArguments.PngLevel();
        var (data, jobs) = (new DatasetOptionSet(), new JobOptionSet());
        var command = new Command(
            "merge",
            "Joins labelled sets of any layouts to one plain set. Where an id comes twice, the set named first keeps it.") { folders, output, dropEmpty, png };
        data.AddTo(command);
        jobs.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var names = DataArguments.Different(parsed.GetValue(folders)!);
            var opened = names.Select(name => WrinkleDataset.Open(name, data.Read(parsed))).ToList();
            var target = parsed.GetValue(output)!;
            PlainSetOutput.RequireOther(target, opened);
            var chosen = jobs.Read(parsed);
            // A sample comes whole or not at all.
            var checks =
                await SoundSets.CheckAsync(
                    [.. opened.Select(set => set.Where(sample => sample.MaskPath is not null))], chosen.Threads, token);
            var sets = checks.ConvertAll(check => check.Sound());
            var merge = DatasetMerge.Plan(sets, parsed.GetValue(dropEmpty), token);
            var set = new PlainSet(target, parsed.GetValue(png));
            var files = merge.Jobs(set);
            PlainSetOutput.Claim(target, set, files, Settings(merge, parsed.GetValue(dropEmpty)), chosen);
            Report(merge);
            var code = await chosen.RunAsync("merged files", files, token);
            AtomicFile.WriteText(Path.Combine(target, "provenance.csv"), merge.Provenance());
            AtomicFile.WriteText(Path.Combine(target, "left-out.csv"), merge.LeftOut() + Damaged(merge, checks));
            return Math.Max(code, SoundSets.TellDamage(checks));
        });
        return command;
    }

    private static string Damaged(DatasetMerge merge, IEnumerable<DatasetCheck> checks) =>
        string.Concat(checks.Zip(merge.Sets)
            .SelectMany(
                pair => pair.First.Damage.Select(
                    finding =>
                        $"{CsvTable.Field(finding.Id)},{CsvTable.Field(merge.NameOf(pair.Second))},damaged,,\n")));

    // Every sample, so that a folder never holds a mixture of two merges, even where a set has grown in between.
    private static Dictionary<string, string> Settings(DatasetMerge merge, bool dropEmpty) => new()
    {
        ["sets"] = string.Join(
            ", ",
            merge.Sets.Select(
                set =>
                    $"{merge.NameOf(set)} ({set.Layout.Name}{(set.WrinkleValue is { } value ? $", value {value}" : "")})")),
        ["drop-empty"] = dropEmpty.ToString(),
        ["ids"] =
            $"{merge.Samples.Count}, {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(merge.Provenance())))[..12]}",
    };

    private static void Report(DatasetMerge merge)
    {
        foreach (var set in merge.Sets)
        {
            var twice = merge.Duplicates.Where(pair => pair.Dropped.Set == set).ToList();
            var empty = merge.Empty.Where(sample => sample.Set == set).ToList();
            var withoutPhoto = merge.Samples.Count(sample => sample.Set == set && sample.Sample.ImagePath is null);
            Console.WriteLine(
                $"{merge.NameOf(set)}: layout {set.Layout.Name}, {set.Labelled.Count()} labelled, {merge.Samples.Count(sample => sample.Set == set)} taken");
            if (twice.Count > 0)
                Console.WriteLine(
                    $"  {twice.Count} dropped, ids of {string.Join(" and ", twice.Select(pair => merge.NameOf(pair.Kept.Set)).Distinct())}: {string.Join(' ', twice.Select(pair => pair.Dropped.Id))}");
            if (empty.Count > 0)
                Console.WriteLine(
                    $"  {empty.Count} left out, no wrinkle: {string.Join(' ', empty.Select(sample => sample.Id))}");
            if (withoutPhoto > 0)
                Messages.Warning(
                    $"{set.Folder}: {Counted.Of(withoutPhoto, "mask")} without a photo; say where the photos are with --photos");
            Warn(merge, set, twice);
        }
        Console.WriteLine($"{Counted.Of(merge.Samples.Count, "sample")} of {Counted.Of(merge.Sets.Count, "set")}");
    }

    private static void Warn(DatasetMerge merge, WrinkleDataset set, List<DuplicateSample> twice)
    {
        var different = twice.Where(pair => pair.IsSamePhoto == false).Select(pair => pair.Dropped.Id).ToList();
        if (different.Count > 0)
            Messages.Warning(
                $"{set.Folder}: {different.Count} dropped ids name another photo than in the set that keeps them; give them other names to keep both: {string.Join(' ', different)}");
        if (set.Layout == DatasetLayouts.FfhqWrinkle
            && twice.Count > 0
            && twice.Any(pair => pair.Kept.Set.Layout != DatasetLayouts.FfhqWrinkle))
            Messages.Warning(
                $"{set.Folder} has the labels of FFHQ-Wrinkle and lost ids to another set; name it first to keep them");
    }
}

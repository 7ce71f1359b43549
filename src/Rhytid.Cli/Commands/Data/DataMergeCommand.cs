using Rhytid.Imaging;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data merge</c>: several labelled sets as one plain set, without double ids.</summary>
internal static class DataMergeCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Joins labelled sets of any layouts to one plain set. Where an id comes twice, the set named first keeps "
                + "it.");
        var folders = command.DatasetFolders();
        var output = new PlainSetOutput(command);
        var dropEmpty = command.Flag("--drop-empty", "Leave out masks without a wrinkle.");
        var (data, jobs) = (new DatasetOptionSet(command), new JobOptionSet(command));
        return command.Does(async token =>
        {
            var opened = DataArguments.Different(folders).Select(data.Open).ToList();
            var set = output.Open(opened);
            var checks = await SoundSets.CheckLabelledAsync(opened, jobs.Threads, token);
            var merge = DatasetMerge.Plan([.. checks.Select(check => check.Sound())], dropEmpty, token);
            var files = merge.Jobs(set);
            output.Claim(set, files, merge.ToSettings(), jobs);
            Report(merge);
            var code = await jobs.RunAsync("merged files", files, token);
            AtomicFile.WriteText(Path.Combine(output.Folder, "provenance.csv"), merge.Provenance());
            AtomicFile.WriteText(Path.Combine(output.Folder, "left-out.csv"), merge.LeftOut(checks));
            return Math.Max(code, SoundSets.TellDamage(checks.SelectMany(check => check.Damage)));
        });
    }

    private static void Report(DatasetMerge merge)
    {
        foreach (var set in merge.Sets)
        {
            var taken = merge.Samples.Where(sample => sample.Set == set).ToList();
            var twice = merge.Duplicates.Where(pair => pair.Dropped.Set == set).ToList();
            var empty = merge.Empty.Where(sample => sample.Set == set).ToList();
            var withoutPhoto = taken.Count(sample => sample.Sample[Channel.Photo] is null);
            Console.WriteLine(
                $"{merge.NameOf(set)}: layout {set.Layout.Name}, {set.Labelled.Count()} labelled, {taken.Count} taken");
            if (twice.Count > 0)
            {
                var keepers = string.Join(" and ", twice.Select(pair => merge.NameOf(pair.Kept.Set)).Distinct());
                var ids = string.Join(' ', twice.Select(pair => pair.Dropped.Id));
                Console.WriteLine($"  {twice.Count} dropped, ids of {keepers}: {ids}");
            }
            if (empty.Count > 0)
                Console.WriteLine(
                    $"  {empty.Count} left out, no wrinkle: {string.Join(' ', empty.Select(sample => sample.Id))}");
            if (withoutPhoto > 0)
                Messages.Warning(
                    $"{set.Folder}: {Counted.Of(withoutPhoto, "mask")} without a photo; "
                        + "say where the photos are with --photos");
            Warn(set, twice);
        }
        Console.WriteLine($"{Counted.Of(merge.Samples.Count, "sample")} of {Counted.Of(merge.Sets.Count, "set")}");
    }

    private static void Warn(WrinkleDataset set, List<DuplicateSample> twice)
    {
        var different = twice.Where(pair => pair.IsSamePhoto == false).Select(pair => pair.Dropped.Id).ToList();
        if (different.Count > 0)
            Messages.Warning(
                $"{set.Folder}: {different.Count} dropped ids name another photo than in the set that keeps them; "
                    + $"give them other names to keep both: {string.Join(' ', different)}");
        if (set.Layout == DatasetLayouts.FfhqWrinkle
            && twice.Any(pair => pair.Kept.Set.Layout != DatasetLayouts.FfhqWrinkle))
            Messages.Warning(
                $"{set.Folder} has the labels of FFHQ-Wrinkle and lost ids to another set; name it first to keep them");
    }
}

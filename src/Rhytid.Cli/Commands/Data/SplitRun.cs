using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Data;

/// <summary>One call of <c>rhytid data split</c>.</summary>
internal sealed class SplitRun
{
    private const int MostTold = 10;

    public required string Output { get; init; }
    public required string? TestList { get; init; }
    public required string? Exclude { get; init; }
    public required SplitOptions Options { get; init; }
    public required bool All { get; init; }
    public required bool DropEmpty { get; init; }
    public required bool FindDuplicates { get; init; }
    public required int Threads { get; init; }
    public required bool Overwrite { get; init; }

    public async Task<int> RunAsync(
        IReadOnlyList<string> folders, DatasetOptions datasetOptions, CancellationToken token)
    {
        var testIds = TestList is null ? null : IdList.Load(TestList);
        var excluded = Exclude is null ? [] : IdList.Load(Exclude);
        var opened = folders.Select(folder => WrinkleDataset.Open(folder, datasetOptions)).ToList();
        var checks = FindDuplicates ? await SoundSets.CheckAsync([.. opened.Select(Candidates)], Threads, token) : [];
        var usable = FindDuplicates ? checks.Select(check => check.Sound()) : opened.Select(Candidates);
        var sets =
            usable.Zip(
                opened,
                (set, all) => Read(set, All ? 0 : all.Samples.Count(sample => sample.MaskPath is null), token))
                    .ToList();
        var samePhoto = SamePhotos.Of(checks, sets.SelectMany(set => set.Ids), Threads, token);
        var split = Splitter.Split(
            sets.SelectMany(set => set.Ids), Options with { TestIds = testIds, Exclude = excluded }, samePhoto);
        SplitFiles.Write(Output, split, Header(sets, split, samePhoto), Overwrite);
        Show(sets, split, testIds);
        var ids = sets.SelectMany(set => set.Ids).ToHashSet(StringComparer.Ordinal);
        WarnOfForeign(TestList, testIds ?? [], ids);
        WarnOfForeign(Exclude, excluded, ids);
        foreach (var group in samePhoto)
            Console.WriteLine($"the same photo, kept together: {string.Join(" = ", group)}");
        return SoundSets.TellDamage(checks);
    }

    private sealed record IdSet(
        string Name, IReadOnlyList<string> Ids, int WithoutMask, IReadOnlyList<string> WithoutPhoto, int Empty);

    // What the parts are made of; photos that are not meant need not be read.
    private WrinkleDataset Candidates(WrinkleDataset set) =>
        All ? set : set.Where(sample => sample.MaskPath is not null);

    private IdSet Read(WrinkleDataset dataset, int withoutMask, CancellationToken token)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataset.Folder)));
        if (dataset.Samples.Count == 0)
            throw new DatasetException(
                $"{dataset.Folder}: no photo has a manual mask that can be read; --all takes photos without one");
        // Masks may have been published without their photos; but where others have one, a missing photo is a hole.
        var hasPhotos = dataset.Samples.Any(sample => sample.ImagePath is not null);
        var whole = dataset.Samples.Where(sample => !hasPhotos || sample.ImagePath is not null).ToList();
        List<string> kept =
        [
            .. whole.Where(sample => !DropEmpty || sample.MaskPath is null || HasWrinkle(sample))
                .Select(sample => sample.Id)
        ];
        return new IdSet(
            name, kept, withoutMask, [.. dataset.Samples.Except(whole).Select(sample => sample.Id)],
            whole.Count - kept.Count);

        bool HasWrinkle(WrinkleSample sample)
        {
            token.ThrowIfCancellationRequested();
            return dataset.LoadMask(sample).Samples.ContainsAnyExcept((byte)0);
        }
    }

    // No date and no path: the same split is the same file.
    private List<string> Header(List<IdSet> sets, Split split, IReadOnlyList<IReadOnlyList<string>> samePhoto) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"seed: {Options.Seed}"),
        $"parts: {Options.Shares}{(TestList is null ? "" : $", test ids from {Path.GetFileName(TestList)}")}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"counts: train {split.Train.Count}, val {split.Val.Count}, test {split.Test.Count}, of {split.Photos} different photos"),
        $"sets: {string.Join(", ", sets.Select(set => $"{set.Name} ({set.Ids.Count} ids)"))}",
        .. Exclude is null
            ? Array.Empty<string>()
            : [string.Create(
                CultureInfo.InvariantCulture,
                $"excluded: {split.Excluded.Count} ids, from {Path.GetFileName(Exclude)}")],
        .. samePhoto.Select(group => $"same photo: {string.Join(" = ", group)}"),
    ];

    private void Show(List<IdSet> sets, Split split, IReadOnlyList<string>? testIds)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("list")
            .AddColumn(new TableColumn("ids").RightAligned());
        if (sets.Count > 1)
            foreach (var set in sets)
                table.AddColumn(new TableColumn(Markup.Escape(set.Name)).RightAligned());
        foreach (var (name, ids) in SplitFiles.ListsOf(split))
            table.AddRow(
                [name, Count(ids.Count), .. sets.Count > 1
                    ? sets.Select(set => Count(set.Ids.Intersect(ids).Count()))
                    : []]);
        Messages.ForResults.Write(table);

        foreach (var set in sets.Where(set => set.WithoutMask > 0))
            Console.WriteLine(
                $"{set.Name}: {Counted.Of(set.WithoutMask, "photo")} without a manual mask left out (--all takes them)");
        foreach (var set in sets)
            Tell($"{set.Name}: left out, there is no photo", set.WithoutPhoto);
        foreach (var set in sets.Where(set => set.Empty > 0))
            Console.WriteLine($"{set.Name}: {Counted.Of(set.Empty, "photo")} left out because no wrinkle is drawn");
        if (testIds is not null)
            Console.WriteLine($"test list: {split.Test.Count} of its {testIds.Count} ids are in the set");
        Tell("left out, the same photo as a test id", split.SamePhotoAsTest);
        Tell("excluded", split.Excluded);
        Console.WriteLine($"written: {Output}; seed {Count(Options.Seed)}, {split.Photos} different photos");
    }

    // A misspelt id would be missing from its list, or stay in a part, without a word.
    private static void WarnOfForeign(string? list, IReadOnlyList<string> wanted, HashSet<string> ids)
    {
        var foreign = wanted.Where(id => !ids.Contains(id)).ToList();
        if (foreign.Count > 0)
            Messages.Warning(
                $"{list}: {foreign.Count} of {wanted.Count} ids {(foreign.Count == 1 ? "is" : "are")} not among the photos that are split: "
                    + $"{string.Join(' ', foreign.Take(MostTold))}{(foreign.Count > MostTold ? $" and {foreign.Count - MostTold} more" : "")}");
    }

    private static void Tell(string what, IReadOnlyList<string> ids)
    {
        if (ids.Count > 0)
            Console.WriteLine($"{what} ({ids.Count}): {string.Join(' ', ids)}");
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}

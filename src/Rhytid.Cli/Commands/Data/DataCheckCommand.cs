using System.CommandLine;
using System.Text.Json;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>rhytid data check</c>: every missing, empty, mis-sized or unreadable file, and photos that are there twice.
/// </summary>
internal static class DataCheckCommand
{
    public static Command Create()
    {
        var folders = DataArguments.Folders();
        var skipDuplicates = new Option<bool>("--no-duplicates")
        {
            Description = "Do not look for photos that are there twice."
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of lines." };
        var threads = CommonOptions.Threads();
        var data = new DatasetOptionSet();
        var command = new Command(
            "check",
            "Lists every missing, empty, mis-sized or unreadable file, and photos that are there twice, also in different sets.") { folders, skipDuplicates, json, threads };
        data.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var sets =
                DataArguments.Different(parsed.GetValue(folders)!)
                    .Select(folder => WrinkleDataset.OpenForCheck(folder, data.Read(parsed)))
                    .ToList();
            var checks = await SoundSets.CheckAsync(sets, parsed.GetValue(threads), token);
            var twice = parsed.GetValue(skipDuplicates) ? [] : SamePhotos(checks, parsed.GetValue(threads), token);
            if (parsed.GetValue(json))
                PrintJson(checks, twice);
            else
                Print(checks, twice);
            return checks.All(check => check.Findings.Count == 0) ? ExitCodes.Done : ExitCodes.SomeFailed;
        });
        return command;
    }

    private static IReadOnlyList<IReadOnlyList<string>> SamePhotos(
        List<DatasetCheck> checks, int threads, CancellationToken token) => NearDuplicates.Find(
        [.. checks.SelectMany(check => check.Photos.Select(photo => (photo.Sample.ImagePath!, photo.Fingerprint)))],
            threads, token);

    private static void Print(List<DatasetCheck> checks, IReadOnlyList<IReadOnlyList<string>> twice)
    {
        foreach (var check in checks)
        {
            foreach (var finding in check.Findings)
                Console.WriteLine(finding.Message);
            var (set, samples) = (check.Dataset, check.Dataset.Samples);
            Console.WriteLine(
                $"{set.Folder}: layout {set.Layout.Name}, {Counted.Of(samples.Count, "id")}, {Counted.Of(check.Photos.Count, "photo")}, {Counted.Of(set.Labelled.Count(), "manual mask")}"
                    + AndSome(samples.Count(sample => sample.ScoredRegionPath is not null), "scored region")
                    + AndSome(samples.Count(sample => sample.SkinMaskPath is not null), "skin mask")
                        + AndSome(samples.Count(sample => sample.LabelsPath is not null), "parsing label")
                        + AndSome(samples.Count(sample => sample.TexturePath is not null), "texture map")
                            + (check.Findings.Count == 0
                                ? "; nothing is wrong"
                                : $"; {string.Join(", ", check.Findings.GroupBy(finding => finding.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Count()} {Words(kind.Key)}"))}"));
        }
        foreach (var group in twice)
            Messages.Warning($"the same photo, perhaps edited: {string.Join(" = ", group)}");
        if (twice.Count > 0)
            Messages.Hint(
                $"{Counted.Of(twice.Count, "photo")} {(twice.Count == 1 ? "is" : "are")} there more than once; rhytid data split keeps the copies of a photo in one part");
    }

    private static string AndSome(int count, string what) => count == 0 ? "" : $", {Counted.Of(count, what)}";

    private static string Words(FindingKind kind) => kind switch
    {
        FindingKind.EmptyMask => "with an empty mask",
        FindingKind.WrongSize => "of a wrong size",
        FindingKind.WrongValues => "with wrong values",
        FindingKind.TwoFiles => "with two files",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static void PrintJson(List<DatasetCheck> checks, IReadOnlyList<IReadOnlyList<string>> twice)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("schema", "rhytid.data-check/1");
        writer.WriteStartArray("sets");
        foreach (var check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("folder", check.Dataset.Folder);
            writer.WriteString("layout", check.Dataset.Layout.Name);
            writer.WriteNumber("ids", check.Dataset.Samples.Count);
            writer.WriteNumber("labelled", check.Dataset.Labelled.Count());
            writer.WriteStartArray("findings");
            foreach (var finding in check.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()));
                writer.WriteString("id", finding.Id);
                writer.WriteString("message", finding.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("samePhotos");
        foreach (var group in twice)
        {
            writer.WriteStartArray();
            foreach (var path in group)
                writer.WriteStringValue(path);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }
}

using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Fetching;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data fetch</c>: the only command that uses the network, and only when it is run.</summary>
internal static class DataFetchCommand
{
    public static Command Create()
    {
        var set = new Argument<string?>("SET") { Description = "The set: ffhq-wrinkle, ffhq, or another one of --sources.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--output", "-o") { Description = "The data set's folder; made when missing.", HelpName = "DIR" };
        var idList = new Option<string?>("--id-list") { Description = "The ids to fetch, one a line; archives are unpacked whole without it.", HelpName = "FILE" };
        var parts = new Option<string[]>("--part") { Description = "Only this part of the set; may be given more than once.", HelpName = "NAME" };
        var sources = new Option<string?>("--sources") { Description = "A YAML file of addresses instead of the built-in one.", HelpName = "FILE" };
        var print = new Option<bool>("--print-sources") { Description = "Print the built-in YAML file, to be edited." };
        var parallel = CommonOptions.Validated(new Option<int>("--parallel") { Description = "Files at once.", HelpName = "N", DefaultValueFactory = _ => 4 },
            value => value is >= 1 and <= 64 ? null : "--parallel must be 1 to 64");
        var retries = CommonOptions.Validated(new Option<int>("--retries") { Description = "How often a broken transfer is tried again.", HelpName = "N", DefaultValueFactory = _ => 5 },
            value => value is >= 0 and <= 100 ? null : "--retries must be 0 to 100");
        var timeout = CommonOptions.Validated(new Option<double>("--timeout") { Description = "Seconds without a byte after which a transfer counts as broken.", HelpName = "S", DefaultValueFactory = _ => 30 },
            value => value is >= 1 and <= 3600 ? null : "--timeout must be 1 to 3600");
        var allowHttp = new Option<bool>("--allow-http") { Description = "Allow addresses without encryption (http)." };
        var command = new Command("fetch", "Downloads a published data set from addresses in a YAML file. The only command that uses the network.")
        {
            set, output, idList, parts, sources, print, parallel, retries, timeout, allowHttp,
        };
        command.SetAction(async (parsed, token) =>
        {
            if (parsed.GetValue(print))
            {
                Console.Write(BuiltInSources());
                return ExitCodes.Done;
            }
            var catalog = parsed.GetValue(sources) is { } file ? SourceCatalog.Load(file) : SourceCatalog.Parse(BuiltInSources(), "sources.yaml");
            var names = string.Join(", ", catalog.Sets.Select(entry => entry.Name));
            var name = parsed.GetValue(set) ?? throw new CommandException($"name a set: {names}");
            var chosen = catalog.Sets.FirstOrDefault(entry => entry.Name == name) ?? throw new CommandException($"there is no set '{name}'; one of: {names}");
            var folder = parsed.GetValue(output) ?? throw new CommandException("--output DIR is missing: where shall the files go?");
            var wanted = Choose(chosen, parsed.GetValue(parts) ?? []);
            var list = parsed.GetValue(idList);
            if (list is null && wanted.FirstOrDefault(part => part.Path.HasId && part.Archive is null && part is { Url: not null } or { Index: not null }) is { } needy)
                throw new CommandException($"--id-list FILE is missing: {needy.Name} is fetched id by id");
            var options = new FetchOptions
            {
                Parallel = parsed.GetValue(parallel),
                Retries = parsed.GetValue(retries),
                StallTimeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                AllowHttp = parsed.GetValue(allowHttp),
            };
            return await RunAsync(chosen, wanted, list is null ? null : IdList.Load(list), folder, options, token);
        });
        return command;
    }

    internal static string BuiltInSources()
    {
        using var stream = typeof(DataFetchCommand).Assembly.GetManifestResourceStream("sources.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<int> RunAsync(
        SourceSet set, IReadOnlyList<SourcePart> parts, IReadOnlyList<string>? ids, string folder, FetchOptions options, CancellationToken token)
    {
        Messages.Info($"{set.Title}{(set.Homepage is { } homepage ? $"; {homepage}" : "")}");
        Messages.Info($"licence: {set.Licence}");
        using var fetcher = new DatasetFetcher(options);
        FetchSummary summary;
        try
        {
            summary = await TransferProgress.RunAsync(set.Name, progress => fetcher.FetchAsync(parts, ids, folder, progress, token));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            Messages.Error("interrupted; run it again to go on where it stopped");
            return ExitCodes.Interrupted;
        }
        return Report(summary);
    }

    private static int Report(FetchSummary summary)
    {
        foreach (var result in summary.Results.Where(result => result.Outcome == FetchOutcome.Failed))
            Messages.Error($"{result.Part}: {result.Id}: {result.Problem}");
        var notTried = summary.Count(FetchOutcome.NotTried);
        if (notTried > 0)
            Messages.Error($"too many failures in a row: {notTried} further files were not tried");
        foreach (var part in summary.ByHand)
            Messages.Error($"{part.Part}: by hand: {part.Note}");
        Console.WriteLine($"fetched {summary.Count(FetchOutcome.Fetched)} files ({ByteSize.Format(summary.Bytes)}), already there {summary.Count(FetchOutcome.AlreadyThere)}, "
            + $"failed {summary.Count(FetchOutcome.Failed)}{(notTried > 0 ? $", not tried {notTried}" : "")}"
            + (summary.ByHand.Count > 0 ? $", by hand: {string.Join(", ", summary.ByHand.Select(part => part.Part))}" : ""));
        return summary.IsComplete ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    private static List<SourcePart> Choose(SourceSet set, string[] names)
    {
        if (names.Length == 0)
            return [.. set.Parts];
        var unknown = names.FirstOrDefault(name => set.Parts.All(part => part.Name != name));
        return unknown is null
            ? [.. set.Parts.Where(part => names.Contains(part.Name))]
            : throw new CommandException($"{set.Name} has no part '{unknown}'; one of: {string.Join(", ", set.Parts.Select(part => part.Name))}");
    }
}

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>Fetches the files of a published set that a list of ids names. Nothing is contacted before <see cref="FetchAsync"/>.</summary>
public sealed class DatasetFetcher : IDisposable
{
    private readonly FetchOptions _options;
    private readonly HttpSource _source;
    private readonly Downloader _downloader;

    /// <summary>A fetcher with its own connections.</summary>
    public DatasetFetcher(FetchOptions? options = null)
        : this(options ?? new FetchOptions(), Task.Delay)
    {
    }

    internal DatasetFetcher(FetchOptions options, Func<TimeSpan, CancellationToken, Task> pause)
    {
        _options = options;
        _source = new HttpSource(options);
        _downloader = new Downloader(_source, options, pause);
    }

    /// <summary>Fetches parts of a set. Files that are there already are checked and left alone.</summary>
    /// <param name="parts">The parts, in order.</param>
    /// <param name="ids">The ids; null takes every file of archives, and is an error for parts with an address for each file.</param>
    /// <param name="folder">The output folder.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="token">Ends the run; what has come of unfinished files stays and is gone on with next time.</param>
    /// <exception cref="DatasetException">An id does not fit the set, ids are missing, or an index or archive is damaged.</exception>
    public async Task<FetchSummary> FetchAsync(
        IReadOnlyList<SourcePart> parts, IReadOnlyList<string>? ids, string folder, IFetchProgress progress, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(progress);
        RequireFitting(parts, ids);
        var results = new List<FetchResult>();
        var byHand = new List<PartByHand>();
        foreach (var part in parts)
        {
            var run = new Run(part, folder, progress, new FailureStreak(_options.MaxFailuresInRow));
            var refused = results.Count;
            if (part.Archive is { } archive)
                await FetchArchiveAsync(run, archive, ids, results, byHand, token);
            else if (part.Index is { } index)
                await FetchIndexedAsync(run, index, ids!, results, byHand, token);
            else if (part.Url is { } url)
                results.AddRange(await FetchFilesAsync(run, [.. run.Items(ids).Select(item => (item.Id, item.Target, (Uri?)new Uri(url.Expand(item.Id)), run.ChecksumOf(item.Target)))], token));
            else
                AddMissing(run, ids, part.Note, results, byHand);
            // The file of sources may know what to do where the server refuses.
            if (part.Note is { } note && !byHand.Exists(entry => entry.Part == part.Name)
                && results.Skip(refused).Count(result => result.Outcome is FetchOutcome.Failed or FetchOutcome.NotTried) is > 0 and var failed)
                byHand.Add(new PartByHand(part.Name, failed, note));
        }
        return new FetchSummary(results, byHand);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _source.Dispose();

    private static void RequireFitting(IReadOnlyList<SourcePart> parts, IReadOnlyList<string>? ids)
    {
        if (ids is null && parts.FirstOrDefault(part => part.Path.HasId && part is { Url: not null } or { Index: not null }) is { } needy)
            throw new DatasetException($"{needy.Name} is fetched id by id: a list of ids is needed");
        foreach (var part in parts)
        {
            foreach (var id in ids ?? [])
            {
                try
                {
                    part.Path.Expand(id);
                    part.Url?.Expand(id);
                    part.Archive?.Member.Expand(id);
                }
                catch (FormatException error)
                {
                    throw new DatasetException($"the list of ids: {error.Message}", error);
                }
            }
        }
    }

    private async Task FetchArchiveAsync(Run run, SourceArchive archive, IReadOnlyList<string>? ids, List<FetchResult> results, List<PartByHand> byHand, CancellationToken token)
    {
        if (ids is not null && run.AllThere(ids, results))
            return;
        if (await ContainerAsync(run, archive.Container, ids, results, byHand, token) is not { } path)
            return;
        using var members = ZipMembers.Open(path);
        var items = run.Items(ids ?? members.IdsOf(archive.Member)).ToList();
        if (items.Count == 0)
            throw new DatasetException($"{path}: there is nothing like {archive.Member} in it");
        run.Progress.Expect(items.Count);
        foreach (var (id, target) in items)
        {
            token.ThrowIfCancellationRequested();
            results.Add(run.Report(await TakeAsync(id, target)));
        }

        Task<FetchResult> TakeAsync(string id, string target) => run.GuardAsync(id, target, run.ChecksumOf(target), () =>
        {
            members.Extract(archive.Member.Expand(id), target, run.Part.Content, run.ChecksumOf(target), run.Part.MaxBytes);
            return Task.FromResult(0L);
        });
    }

    private async Task FetchIndexedAsync(Run run, SourceIndex index, IReadOnlyList<string> ids, List<FetchResult> results, List<PartByHand> byHand, CancellationToken token)
    {
        if (await ContainerAsync(run, index.Container, ids, results, byHand, token) is not { } path)
            return;
        var addresses = AddressIndex.Read(path, index.Entry, ids);
        results.AddRange(await FetchFilesAsync(run, [.. run.Items(ids).Select(item => addresses.TryGetValue(item.Id, out var found)
            ? (item.Id, item.Target, (Uri?)found.Url, found.Checksum with { Sha256 = run.ChecksumOf(item.Target).Sha256 ?? found.Checksum.Sha256 })
            : (item.Id, item.Target, null, Checksum.Unknown))], token));
    }

    // The archive's or index's path, or null where it cannot be had; then that is among the results.
    private async Task<string?> ContainerAsync(
        Run run, SourceContainer container, IReadOnlyList<string>? ids, List<FetchResult> results, List<PartByHand> byHand, CancellationToken token)
    {
        var path = Path.Combine(run.Folder, container.File);
        if (container.Url is null && !File.Exists(path))
        {
            AddMissing(run, ids, container.Note, results, byHand);
            return null;
        }
        run.Progress.Expect(1);
        var content = FileContents.OfPath(path);
        var result = run.Report(await run.GuardAsync(container.File, path, container.Checksum,
            () => _downloader.FetchAsync(new FetchFile(container.File, container.Url!, path, content, container.Checksum, container.MaxBytes), run.Progress, token)));
        if (result.Outcome != FetchOutcome.AlreadyThere)
            results.Add(result);
        if (result.Outcome != FetchOutcome.Failed)
            return path;
        if (container.Note is { } note)
            byHand.Add(new PartByHand(run.Part.Name, ids?.Count ?? 1, note));
        return null;
    }

    private async Task<IReadOnlyList<FetchResult>> FetchFilesAsync(
        Run run, IReadOnlyList<(string Id, string Target, Uri? Url, Checksum Checksum)> files, CancellationToken token)
    {
        run.Progress.Expect(files.Count);
        var results = new FetchResult[files.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallel, CancellationToken = token };
        await Parallel.ForAsync(0, files.Count, parallel, async (i, stop) =>
        {
            var (id, target, url, checksum) = files[i];
            results[i] = run.Report(await run.GuardAsync(id, target, checksum, () => url is null
                ? throw new TransferException("the index does not list it", TransferFault.File)
                : _downloader.FetchAsync(new FetchFile(id, url, target, run.Part.Content, checksum, run.Part.MaxBytes), run.Progress, stop)));
        });
        return results;
    }

    private static void AddMissing(Run run, IReadOnlyList<string>? ids, string? note, List<FetchResult> results, List<PartByHand> byHand)
    {
        var items = ids is null && run.Part.Path.HasId ? [] : run.Items(ids).ToList();
        var there = items.Where(item => File.Exists(item.Target)).ToList();
        results.AddRange(there.Select(item => new FetchResult(run.Part.Name, item.Id, FetchOutcome.AlreadyThere)));
        if (items.Count == 0 || there.Count < items.Count)
            byHand.Add(new PartByHand(run.Part.Name, Math.Max(1, items.Count - there.Count), note ?? run.Part.Note ?? "it has to be fetched by hand"));
    }

    /// <summary>One part on its way.</summary>
    private sealed record Run(SourcePart Part, string Folder, IFetchProgress Progress, FailureStreak Streak)
    {
        public IEnumerable<(string Id, string Target)> Items(IReadOnlyList<string>? ids) => Part.Path.HasId
            ? ids!.Select(id => (id, Path.Combine(Folder, Part.Path.Expand(id)))).DistinctBy(item => item.Item2)
            : [(Path.GetFileName(Part.Path.Text), Path.Combine(Folder, Part.Path.Text))];

        public Checksum ChecksumOf(string target) =>
            Part.Sha256.TryGetValue(Path.GetRelativePath(Folder, target).Replace('\\', '/'), out var sha256) ? new Checksum(Sha256: sha256) : Checksum.Unknown;

        public FetchResult Report(FetchResult result)
        {
            Progress.Done(result);
            return result;
        }

        /// <summary>An archive need not be fetched for files that are all there.</summary>
        public bool AllThere(IReadOnlyList<string> ids, List<FetchResult> results)
        {
            var items = Items(ids).ToList();
            if (!items.TrueForAll(item => File.Exists(item.Target) && ChecksumOf(item.Target).ProblemOf(item.Target) is null))
                return false;
            Progress.Expect(items.Count);
            results.AddRange(items.Select(item => Report(new FetchResult(Part.Name, item.Id, FetchOutcome.AlreadyThere))));
            return true;
        }

        /// <summary>Does the work unless the file is there; a failure becomes a result.</summary>
        public async Task<FetchResult> GuardAsync(string id, string target, Checksum checksum, Func<Task<long>> work)
        {
            try
            {
                if (File.Exists(target))
                {
                    // Never replaced: it may be the user's own work.
                    return checksum.IsKnown && checksum.ProblemOf(target) is { } problem
                        ? new FetchResult(Part.Name, id, FetchOutcome.Failed, Problem: $"{target} is there, but {problem}; delete it to fetch it again")
                        : new FetchResult(Part.Name, id, FetchOutcome.AlreadyThere);
                }
                if (Streak.IsOver)
                    return new FetchResult(Part.Name, id, FetchOutcome.NotTried);
                var bytes = await work();
                Streak.Succeeded();
                return new FetchResult(Part.Name, id, FetchOutcome.Fetched, bytes);
            }
            catch (TransferException error)
            {
                Streak.Failed(error);
                return new FetchResult(Part.Name, id, FetchOutcome.Failed, Problem: error.Message);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return new FetchResult(Part.Name, id, FetchOutcome.Failed, Problem: $"{target}: {error.Message}");
            }
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>What a run of packing did.</summary>
/// <param name="Files">The files written; none where a sample failed.</param>
/// <param name="Samples">Samples in them.</param>
/// <param name="Failed">Id and reason of samples that could not be packed.</param>
public sealed record PackResult(
    IReadOnlyList<string> Files, int Samples, IReadOnlyList<(string Id, string Reason)> Failed);

/// <summary>
/// Packs a data set into safetensors files, for training on machines that cannot decode pictures. All files appear
/// together or none does; the same data set gives the same bytes, whatever the number of threads.
/// </summary>
public sealed class PackedDatasetWriter
{
    // The header of a file names every tensor; far more samples than this would outgrow its limit.
    private const int MostSamplesInAFile = 50_000;

    private readonly WrinkleDataset _dataset;
    private readonly PackOptions _options;
    private readonly SamplePacker _packer;

    /// <summary>Makes a writer.</summary>
    public PackedDatasetWriter(WrinkleDataset dataset, PackOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Size, nameof(options));
        (_dataset, _options, _packer) = (dataset, options, new SamplePacker(dataset, options));
    }

    /// <summary>Packs samples.</summary>
    /// <param name="path">The pack's file; several are numbered: <c>faces-00001-of-00003.safetensors</c>.</param>
    /// <param name="samples">The samples, in any order.</param>
    /// <param name="progress">Called after each sample with its id.</param>
    /// <param name="token">Ends the run; nothing is left then.</param>
    /// <exception cref="DatasetException">There are no samples, a pack of this name is there, or the place cannot be
    /// written.</exception>
    public PackResult Write(
        string path, IEnumerable<WrinkleSample> samples, Action<string>? progress = null,
        CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(samples);
        var sorted = samples.OrderBy(sample => Encoding.UTF8.GetBytes($"{sample.Id}/"), Utf8Order.Instance).ToList();
        if (sorted.Count == 0)
            throw new DatasetException($"{_dataset.Folder}: there is nothing to pack");
        var stem = PackFormat.StemOf(path);
        var old = PackFormat.FilesOf(stem).ToList();
        if (old.Count > 0 && !_options.Overwrite)
            throw new DatasetException($"{old[0]} is there already; use --overwrite to replace it, or another name");
        AtomicFile.RemoveUnfinished(PackFormat.UnfinishedOf(stem));
        var shards = Plan(sorted);
        var files =
            Enumerable.Range(1, shards.Count).Select(shard => PackFormat.FileOf(stem, shard, shards.Count)).ToList();
        var temporaries = files.ConvertAll(file => $"{file}.{Guid.NewGuid():N}{PackFormat.Temporary}");
        var failed = new List<(string Id, string Reason)>();
        try
        {
            var common = CommonMetadata(sorted);
            for (var i = 0; i < shards.Count; i++)
                WriteShard(
                    temporaries[i], shards[i], ShardMetadata(common, shards[i], i + 1, shards.Count), failed, progress,
                    token);
            if (failed.Count > 0)
                return new PackResult([], 0, failed);
            token.ThrowIfCancellationRequested();
            for (var i = 0; i < files.Count; i++)
                File.Move(temporaries[i], files[i], overwrite: true);
            // Those of a pack with another number of files would be taken for parts of this one.
            foreach (var stale in old.Select(Path.GetFullPath).Except(files.Select(Path.GetFullPath)))
                File.Delete(stale);
            return new PackResult(files, sorted.Count, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"cannot write {path} ({(error is DirectoryNotFoundException ? "there is no such folder" : error.Message)})",
                error);
        }
        finally
        {
            temporaries.ForEach(TryDelete);
        }
    }

    private List<List<WrinkleSample>> Plan(List<WrinkleSample> samples)
    {
        var shards = new List<List<WrinkleSample>>();
        var room = 0L;
        foreach (var sample in samples)
        {
            var bytes = _packer.ChannelsOf(sample)
                .Sum(channel => PackFormat.ShapeOf(channel, _options.Size).Aggregate(1L, (a, b) => a * b));
            if (shards.Count == 0 || bytes > room || shards[^1].Count == MostSamplesInAFile)
            {
                shards.Add([]);
                room = _options.ShardBytes;
            }
            shards[^1].Add(sample);
            room -= bytes;
        }
        return shards;
    }

    private void WriteShard(
        string path,
            List<WrinkleSample> samples, Dictionary<string, string> metadata, List<(string Id, string Reason)> failed,
            Action<string>? progress, CancellationToken token)
    {
        var outlines = samples.SelectMany(sample => _packer.ChannelsOf(sample)
            .Select(
                channel => new TensorOutline(
                    PackFormat.NameOf(sample.Id, channel), DType.UInt8, PackFormat.ShapeOf(channel, _options.Size))));
        using var packed = Pack(samples, failed, progress, token).GetEnumerator();
        ChannelSet<byte[]>? current = null;
        using var stream = new FileStream(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        SafetensorsWriter.Write(stream, outlines, outline =>
        {
            var channel = PackFormat.ChannelOf(outline.Name);
            // The file's order is that of ids, and each id begins with its photo.
            if (channel == Channel.Photo)
                current = packed.MoveNext()
                    ? packed.Current
                    : throw new InvalidOperationException("more tensors than samples");
            // A failed sample: the file will not stay, but the other samples are still looked at.
            return current!.TryGet(channel, out var bytes)
                ? bytes
                : new byte[outline.Shape.Aggregate(1L, (a, b) => a * b)];
        }, metadata);
        stream.Flush(flushToDisk: true);
    }

    // In order, a few at a time side by side.
    private IEnumerable<ChannelSet<byte[]>> Pack(
        List<WrinkleSample> samples, List<(string Id, string Reason)> failed, Action<string>? progress,
        CancellationToken token)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = token };
        foreach (var chunk in samples.Chunk(Math.Max(1, 4 * _options.Threads)))
        {
            var results = new (ChannelSet<byte[]>? Bytes, string? Reason)[chunk.Length];
            Parallel.For(0, chunk.Length, options, i =>
            {
                results[i] = TryPack(chunk[i]);
                progress?.Invoke(chunk[i].Id);
            });
            for (var i = 0; i < chunk.Length; i++)
            {
                if (results[i].Reason is { } reason)
                    failed.Add((chunk[i].Id, reason));
                yield return results[i].Bytes ?? new();
            }
        }
    }

    private (ChannelSet<byte[]>? Bytes, string? Reason) TryPack(WrinkleSample sample)
    {
        try
        {
            return (_packer.Pack(sample), null);
        }
        catch (Exception error) when (error is RhytidException or ArgumentException)
        {
            return (null, error.Message.ReplaceLineEndings(" "));
        }
    }

    private SortedDictionary<string, string> CommonMetadata(List<WrinkleSample> samples)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [PackFormat.FormatKey] = PackFormat.Version,
            [PackFormat.SizeKey] = _options.Size.ToString(CultureInfo.InvariantCulture),
            [PackFormat.SamplesKey] = samples.Count.ToString(CultureInfo.InvariantCulture),
            ["layout"] = _dataset.Layout.Name,
            ["wrinkle_value"] = _dataset.WrinkleValue?.ToString(CultureInfo.InvariantCulture) ?? "",
            ["image_resize"] = Lower(_options.ImageResize),
            [PackFormat.MaskResizeKey] = Lower(_options.MaskResize),
            ["skin"] = _packer.SkinName,
            ["texture"] = TextureSettings(),
        };
        // Files of different packs must not be taken for one.
        var text = string.Join(
            '\n', metadata.Select(pair => $"{pair.Key}={pair.Value}").Concat(samples.Select(sample => sample.Id)));
        metadata[PackFormat.PlanKey] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        return metadata;
    }

    private static Dictionary<string, string> ShardMetadata(
        SortedDictionary<string, string> common, List<WrinkleSample> samples, int shard, int count) => new(common)
    {
        [PackFormat.IdsKey] = JsonSerializer.Serialize(samples.Select(sample => sample.Id)),
        [PackFormat.ShardKey] = string.Create(CultureInfo.InvariantCulture, $"{shard}/{count}"),
    };

    // What "data weak-labels" noted beside the maps; published ones come without.
    private string TextureSettings()
    {
        foreach (var folder in _dataset.Layout.Folders[Channel.Texture])
        {
            var file = Path.Combine(_dataset.Folder, folder, "settings.json");
            if (!File.Exists(file))
                continue;
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllText(file));
                return JsonSerializer.Serialize(json.RootElement);
            }
            catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
            {
                throw new DatasetException(
                    $"{file}: the settings of the texture maps cannot be read ({error.Message.ReplaceLineEndings(" ")})",
                    error);
            }
        }
        return "unknown";
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }

    /// <summary>The order of names in a safetensors file.</summary>
    private sealed class Utf8Order : IComparer<byte[]>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

/// <summary>How a data set is packed.</summary>
public sealed record PackOptions
{
    /// <summary>Side of all pictures in pixels. Photos must be square.</summary>
    public required int Size { get; init; }

    /// <summary>
    /// How photos are resized: by area, or Lanczos as Sandu did. Texture maps are computed anew at this size.
    /// </summary>
    public Interpolation ImageResize { get; init; } = Interpolation.Area;

    /// <summary>
    /// How wrinkle masks are shrunk. Skin masks and scored regions go by half of the cell, or nearest where this is
    /// nearest.
    /// </summary>
    public MaskResize MaskResize { get; init; } = MaskResize.Any;

    /// <summary>Keep the parsing labels themselves, in the order of BiSeNet, to train a face parser on.</summary>
    public bool Labels { get; init; }

    /// <summary>A file ends before it would hold more bytes of tensors than this; one sample always fits.</summary>
    public long ShardBytes { get; init; } = 1_000_000_000;

    /// <summary>Photos that are read at a time; the files do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Replace a pack that is there.</summary>
    public bool Overwrite { get; init; }
}

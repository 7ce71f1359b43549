using System.Globalization;
using System.Text.Json;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>
/// A packed data set: samples by place or id, straight from memory-mapped files. Needs no OpenCV; opening reads headers
/// only. Safe to read from many threads; dispose it when none does.
/// </summary>
public sealed class PackedDataset : IDisposable
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly List<PackedSample> _samples = [];
    private readonly Dictionary<string, PackedSample> _byId = new(StringComparer.Ordinal);

    private PackedDataset()
    {
    }

    /// <summary>Side of all pictures in pixels.</summary>
    public int Size { get; private set; }

    /// <summary>The samples, in the order of the files.</summary>
    public IReadOnlyList<PackedSample> Samples => _samples;

    /// <summary>
    /// How the set was packed: <c>layout</c>, <c>image_resize</c>, <c>mask_resize</c>, <c>texture</c>, <c>skin</c>,
    /// <c>wrinkle_value</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    /// <summary>
    /// What a wrinkle mask holds where all of a pixel is wrinkle: 1, or 255 where masks say how much of it is.
    /// </summary>
    public int MaskLevels => Settings.GetValueOrDefault(PackFormat.MaskResizeKey) == PackFormat.AreaMasks ? 255 : 1;

    /// <summary>The sample of an id.</summary>
    /// <exception cref="DatasetException">The pack has none.</exception>
    public PackedSample this[string id] =>
        _byId.TryGetValue(id, out var sample) ? sample : throw new DatasetException($"the pack holds no sample {id}");

    /// <summary>Opens a pack.</summary>
    /// <param name="path">Its file, any one of its files, or the name that was given when it was packed.</param>
    /// <exception cref="DatasetException">A file is missing, damaged, of another pack or no pack at all.</exception>
    public static PackedDataset Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var pack = new PackedDataset();
        try
        {
            pack.OpenFiles(path);
            return pack;
        }
        catch
        {
            pack.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a sample of an id.</summary>
    public bool Contains(string id) => _byId.ContainsKey(id);

    /// <summary>Closes the files; the samples' bytes are gone then.</summary>
    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void OpenFiles(string path)
    {
        var first = File.Exists(path) ? path : FirstOf(path);
        var (file, count) = OpenFile(first);
        if (count.Total == 1)
        {
            Add(first, file, 1, 1, null);
        }
        else
        {
            var suffix = string.Create(
                CultureInfo.InvariantCulture, $"-{count.Shard:00000}-of-{count.Total:00000}{PackFormat.Extension}");
            if (!first.EndsWith(suffix, StringComparison.Ordinal))
                throw new DatasetException(
                    $"{first}: this is file {count.Shard} of {count.Total} of a pack and must be called ...{suffix}");
            var stem = first[..^suffix.Length];
            SafetensorsFile? reference = null;
            for (var shard = 1; shard <= count.Total; shard++)
            {
                var name = PackFormat.FileOf(stem, shard, count.Total);
                if (!File.Exists(name))
                    throw new DatasetException($"{name}: this file of the pack is missing");
                var part = shard == count.Shard ? file : OpenFile(name).File;
                Add(name, part, shard, count.Total, reference);
                reference ??= part;
            }
        }
        var expected = Number(first, file, PackFormat.SamplesKey);
        if (_samples.Count != expected)
            throw new DatasetException(
                $"{first}: the pack holds {_samples.Count} samples where {expected} were packed");
    }

    /// <summary>Whether there is a pack of this name.</summary>
    public static bool Exists(string path) => PackFormat.FilesOf(PackFormat.StemOf(path)).Any();

    private static string FirstOf(string path)
    {
        var files = PackFormat.FilesOf(PackFormat.StemOf(path)).ToList();
        return files.Count > 0
            ? files[0]
            : throw new DatasetException(
                $"{path}: {(Directory.Exists(path) ? "this is a folder, not a pack" : "there is no such pack")}");
    }

    private (SafetensorsFile File, (int Shard, int Total) Count) OpenFile(string path)
    {
        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Open(path);
        }
        catch (CheckpointException error)
        {
            throw new DatasetException(error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: {error.Message}", error);
        }
        _files.Add(file);
        if (file.Metadata.GetValueOrDefault(PackFormat.FormatKey) is var format && format != PackFormat.Version)
            throw new DatasetException(format is null
                ? $"{path}: these are tensors, but no packed data set; make one with: rhytid data pack"
                : $"{path}: this is a pack of format {format}; {PackFormat.Version} can be read");
        var shard = file.Metadata.GetValueOrDefault(PackFormat.ShardKey, "").Split('/');
        return shard.Length == 2
            && int.TryParse(shard[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(shard[1], NumberStyles.None, CultureInfo.InvariantCulture, out var total)
            && index >= 1 && index <= total
            ? (file, (index, total))
            : throw Damaged(path, $"'{PackFormat.ShardKey}' is missing or wrong");
    }

    private void Add(string path, SafetensorsFile file, int shard, int total, SafetensorsFile? reference)
    {
        if (file.Metadata.GetValueOrDefault(PackFormat.ShardKey)
            != string.Create(CultureInfo.InvariantCulture, $"{shard}/{total}"))
            throw new DatasetException(
                $"{path}: inside it says that it is file {file.Metadata.GetValueOrDefault(PackFormat.ShardKey)}; it was renamed");
        if (reference is null)
        {
            Size = Number(path, file, PackFormat.SizeKey);
            Settings = file.Metadata.Where(pair => pair.Key is not (PackFormat.IdsKey or PackFormat.ShardKey))
                .ToDictionary(pair => pair.Key, pair => pair.Value);
        }
        else if (file.Metadata.GetValueOrDefault(PackFormat.PlanKey)
            != reference.Metadata.GetValueOrDefault(PackFormat.PlanKey))
        {
            throw new DatasetException($"{path}: this file belongs to another pack than the one before it");
        }
        var used = 0;
        foreach (var id in Ids(path, file))
        {
            var sample = new PackedSample(id, Size, new(Channels.All.SelectMany(channel => Map(id, channel))));
            foreach (var channel in Channels.All)
                if (channel.Info() is { IsRequired: true } info && !sample.Maps.Contains(channel))
                    throw Damaged(path, $"there is no {info.Name} of {id}");
            if (!_byId.TryAdd(id, sample))
                throw Damaged(path, $"{id} comes twice");
            _samples.Add(sample);
        }
        if (used != file.Tensors.Count)
            throw Damaged(path, $"{file.Tensors.Count - used} tensors belong to no sample");

        KeyValuePair<Channel, ReadOnlyMemory<byte>>[] Map(string id, Channel channel)
        {
            if (!file.TryGet(PackFormat.NameOf(id, channel), out var tensor))
                return [];
            used++;
            return tensor.Type == DType.UInt8 && tensor.Shape.SequenceEqual(PackFormat.ShapeOf(channel, Size))
                ? [KeyValuePair.Create(channel, tensor.Bytes)]
                : throw Damaged(
                    path,
                    $"{tensor.Name} is {tensor.Type}, {string.Join(" x ", tensor.Shape)}, where uint8 of size {Size} is due");
        }
    }

    private static List<string> Ids(string path, SafetensorsFile file)
    {
        try
        {
            var ids = JsonSerializer.Deserialize<List<string?>>(file.Metadata.GetValueOrDefault(PackFormat.IdsKey, ""));
            return ids is not null && ids.TrueForAll(id => id is not null)
                ? [.. ids.OfType<string>()]
                : throw Damaged(path, "its list of ids is broken");
        }
        catch (JsonException)
        {
            throw Damaged(path, "its list of ids is missing or broken");
        }
    }

    private static int Number(string path, SafetensorsFile file, string key) =>
        int.TryParse(
            file.Metadata.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) && number > 0
            ? number
            : throw Damaged(path, $"'{key}' is missing or wrong");

    private static DatasetException Damaged(string path, string what) => new($"{path}: the pack is damaged: {what}");
}

/// <summary>
/// One sample of a pack. The bytes lie in the memory-mapped file: they are read when touched and valid until the
/// <see cref="PackedDataset"/> is disposed.
/// </summary>
public sealed class PackedSample
{
    internal PackedSample(string id, int size, ChannelSet<ReadOnlyMemory<byte>> maps) =>
        (Id, Size, Maps) = (id, size, maps);

    /// <summary>The sample's id.</summary>
    public string Id { get; }

    /// <summary>Side in pixels.</summary>
    public int Size { get; }

    /// <summary>Planes of size x size bytes by channel.</summary>
    public ChannelSet<ReadOnlyMemory<byte>> Maps { get; }

    /// <summary>The photo: planes of red, green, blue.</summary>
    public ReadOnlyMemory<byte> Photo => Maps[Channel.Photo];

    /// <summary>
    /// The planes of a channel, or null. A wrinkle mask goes up to the pack's <see cref="PackedDataset.MaskLevels"/>.
    /// </summary>
    // A bare null would become empty memory here, by way of a null array.
    public ReadOnlyMemory<byte>? this[Channel channel] =>
        Maps.TryGet(channel, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    /// <summary>A channel as a tensor of uint8 with its own memory, (planes, H, W).</summary>
    /// <exception cref="KeyNotFoundException">The sample has none.</exception>
    public Tensor ToTensor(Channel channel) =>
        Tensor.FromBytes(Maps[channel].Span, DType.UInt8, channel.Info().Planes, Size, Size);
}

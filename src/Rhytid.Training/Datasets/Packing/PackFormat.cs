using System.Globalization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>
/// Names in a pack. Pictures are planar (3 x H x W): a batch is a plain copy of samples one after the other, and
/// texture and photo joined to four channels are two copies.
/// </summary>
internal static class PackFormat
{
    public const string Version = "rhytid.pack/1";
    public const string Extension = ".safetensors";

    /// <summary>Ends the names of files that are being written.</summary>
    public const string Temporary = ".tmp";

    public const string FormatKey = "format";
    public const string IdsKey = "ids";
    public const string PlanKey = "plan";
    public const string SamplesKey = "samples";
    public const string ShardKey = "shard";
    public const string SizeKey = "size";
    public const string MaskResizeKey = "mask_resize";
    public const string AreaMasks = "area";

    public static string NameOf(string id, Channel channel) => $"{id}/{channel.Info().PackName}";

    /// <summary>The channel of a tensor by its name.</summary>
    public static Channel ChannelOf(string name) =>
        Channels.All.First(channel => name.EndsWith($"/{channel.Info().PackName}", StringComparison.Ordinal));

    public static long[] ShapeOf(Channel channel, int size) => [channel.Info().Planes, size, size];

    /// <summary><c>faces.safetensors</c>, or <c>faces-00001-of-00003.safetensors</c>.</summary>
    public static string FileOf(string stem, int shard, int count) =>
        count == 1
            ? $"{stem}{Extension}"
            : string.Create(CultureInfo.InvariantCulture, $"{stem}-{shard:00000}-of-{count:00000}{Extension}");

    /// <summary>The path without extension.</summary>
    public static string StemOf(string path) =>
        path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? path[..^Extension.Length] : path;

    /// <summary>All files of packs of this name, whatever their number.</summary>
    public static IEnumerable<string> FilesOf(string stem)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(stem))!;
        if (!Directory.Exists(folder))
            return [];
        var name = Path.GetFileName(stem);
        return Directory.EnumerateFiles(folder, $"*{Extension}")
            .Where(path => IsOf(name, Path.GetFileName(path)))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>
    /// The files that killed runs were about to write for packs of this name. They need not be those of the next run,
    /// which may make another number of files.
    /// </summary>
    public static IEnumerable<string> UnfinishedOf(string stem)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(stem))!;
        if (!Directory.Exists(folder))
            return [];
        var name = Path.GetFileName(stem);
        return Directory
            .EnumerateFiles(folder, $"*{Extension}.*{Temporary}")
            .Select(path => Path.ChangeExtension(Path.ChangeExtension(path, null), null))
                .Where(path => IsOf(name, Path.GetFileName(path))).Distinct();
    }

    private static bool IsOf(string stem, string file)
    {
        if (file == stem + Extension)
            return true;
        return file.Length == stem.Length + "-00001-of-00001".Length + Extension.Length
            && file.StartsWith($"{stem}-", StringComparison.Ordinal)
            && file.AsSpan(stem.Length + 6, 4) is "-of-"
            && !file.AsSpan(stem.Length + 1, 5).ContainsAnyExceptInRange('0', '9')
            && !file.AsSpan(stem.Length + 10, 5).ContainsAnyExceptInRange('0', '9');
    }
}

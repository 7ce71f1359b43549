using System.Globalization;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Which portraits a <see cref="PortraitFolder"/> gets.</summary>
public sealed record PortraitFolderOptions
{
    /// <summary>What all portraits show; its seed is that of the first, the next ones count up.</summary>
    public PortraitOptions Portrait { get; init; } = new();

    /// <summary>How many portraits.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Cut the faces out as FFHQ does; the size is then the square's side.</summary>
    public bool Aligned { get; init; }

    /// <summary>Replace portraits that are there; else <see cref="PortraitFolder.Write"/> refuses.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>
/// A set of portraits as files: <c>images/</c>, <c>masks/</c>, <c>skin_masks/</c> and <c>labels/</c>, each named by its
/// seed.
/// </summary>
public static class PortraitFolder
{
    private static readonly string[] Kinds = ["images", "masks", "skin_masks", "labels"];

    /// <summary>The folders that are made.</summary>
    public static IReadOnlyList<string> Folders => Kinds;

    /// <summary>Draws the portraits, one after the other: drawing one already uses all processors.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="options">Which portraits.</param>
    /// <param name="progress">Told each portrait's name when its files are written.</param>
    /// <param name="cancellationToken">Stops between two portraits.</param>
    /// <exception cref="ImageException">Portraits of these names are there.</exception>
    /// <exception cref="OutputException">A portrait cannot be written.</exception>
    public static void Write(
        string folder, PortraitFolderOptions options, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Refusal(folder, options) is { } refusal)
            throw new ImageException(refusal);
        foreach (var (id, portrait) in Portraits(options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var drawn = options.Aligned
                ? PortraitSynthesizer.DrawAligned(portrait)
                : PortraitSynthesizer.Draw(portrait);
            byte[][] contents =
            [
                drawn.Image.Encode(ImageFormat.Png), drawn.WrinkleMask.Encode(ImageFormat.Png),
                drawn.SkinMask.Encode(ImageFormat.Png), drawn.PartLabels.Encode(ImageFormat.Png),
            ];
            foreach (var kind in Kinds)
                AtomicFile.MakeFolder(Path.Combine(folder, kind));
            AtomicFile.WriteAll([.. PathsOf(folder, id).Zip(contents)]);
            progress?.Invoke(id);
        }
    }

    /// <summary>
    /// Why nothing may be written: files of the same names are there. The name is the seed alone: the same name may be
    /// another age, size or tone.
    /// </summary>
    /// <returns>One line, or null.</returns>
    public static string? Refusal(string folder, PortraitFolderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Overwrite)
            return null;
        var there = Portraits(options).SelectMany(portrait => PathsOf(folder, portrait.Id)).Where(File.Exists).ToList();
        var more = there.Count > 1 ? $", and {there.Count - 1} more" : "";
        return there.Count == 0
            ? null
            : $"{there[0]} is there already{more}; give another folder or --seed, or --overwrite to replace";
    }

    private static IEnumerable<(string Id, PortraitOptions Options)> Portraits(PortraitFolderOptions options) =>
        Enumerable.Range(0, options.Count)
            .Select(place => unchecked(options.Portrait.Seed + place))
            .Select(seed => (seed.ToString("D5", CultureInfo.InvariantCulture), options.Portrait with { Seed = seed }));

    private static string[] PathsOf(string folder, string id) =>
        [.. Kinds.Select(kind => Path.Combine(folder, kind, $"{id}.png"))];
}

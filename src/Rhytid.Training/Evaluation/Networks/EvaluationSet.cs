using Rhytid.Imaging;
using Rhytid.Networks;
using Rhytid.Segmentation.Networks;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Networks;

/// <summary>
/// Labelled photos that a network can be scored on: a folder's or a pack's. Safe to use from many threads.
/// </summary>
public abstract class EvaluationSet
{
    /// <summary>Ids of the photos that have a manual mask.</summary>
    public abstract IReadOnlyList<string> Ids { get; }

    /// <summary>Whether any photo limits where pixels count.</summary>
    public abstract bool HasScoredRegions { get; }

    /// <summary>The mask value that means wrinkle, or null for masks of 0/1 or 0/255.</summary>
    public virtual int? WrinkleValue => null;

    /// <summary>
    /// Photos of a data set. Their skin is what the set's labels say, else its skin masks; texture maps are computed as
    /// for any photo.
    /// </summary>
    /// <remarks>
    /// A photo is scaled to the network's size, and its probabilities back to the photo's: scores are those of the
    /// manual mask's own pixels.
    /// </remarks>
    public static EvaluationSet From(WrinkleDataset dataset) => new FolderSet(dataset);

    /// <summary>
    /// Samples of a packed data set, at the pack's size, with the pack's skin masks and texture maps, as training
    /// validates.
    /// </summary>
    /// <param name="pack">The pack; not disposed with the set.</param>
    /// <param name="ids">These samples only; all that have a mask unless given.</param>
    public static EvaluationSet From(PackedDataset pack, IReadOnlyCollection<string>? ids = null) =>
        new PackSet(pack, ids);

    /// <summary>Whether the set has what a network needs.</summary>
    /// <exception cref="DatasetException">It does not; the message says what to do.</exception>
    internal abstract void Require(NetworkSegmenter network);

    /// <summary>The manual mask.</summary>
    internal abstract Mask Truth(string id);

    /// <summary>Where pixels count, of the mask's size; null for everywhere.</summary>
    internal abstract Mask? Scored(string id);

    /// <summary>The photo in colour.</summary>
    internal abstract Image Photo(string id);

    /// <summary>What a network says, of the mask's size.</summary>
    /// <param name="id">The photo.</param>
    /// <param name="network">The network.</param>
    /// <param name="skinOnly">Whether nothing is wrinkle outside the skin, as <c>segment</c> has it.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    internal abstract Plane<float> Probabilities(
        string id, NetworkSegmenter network, bool skinOnly, CancellationToken cancellationToken);

    /// <summary>Whether a network sees the skin's mask in any way.</summary>
    protected static bool NeedsSkin(NetworkSegmenter network) =>
        network.Preprocessing.Masked || network.Preprocessing.Mean.Count == 4;

    /// <summary>Sets a map to 0 outside the skin.</summary>
    protected static void KeepSkin(Plane<float> map, Mask skin)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(skin);
        var values = map.Samples;
        var inside = skin.Samples;
        for (var i = 0; i < values.Length; i++)
            if (inside[i] == 0)
                values[i] = 0;
    }
}

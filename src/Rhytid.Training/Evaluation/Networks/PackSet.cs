using Rhytid.Imaging;
using Rhytid.Networks;
using Rhytid.Segmentation.Networks;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Networks;

/// <summary>Samples of a packed data set. Needs no OpenCV.</summary>
internal sealed class PackSet : EvaluationSet
{
    private readonly PackedDataset _pack;

    public PackSet(PackedDataset pack, IReadOnlyCollection<string>? ids)
    {
        ArgumentNullException.ThrowIfNull(pack);
        _pack = pack;
        Ids =
        [
            .. (ids is null
                ? pack.Samples
                : ids.Distinct(StringComparer.Ordinal).Where(pack.Contains).Select(id => pack[id]))
                .Where(sample => sample[Channel.Wrinkles] is not null).Select(sample =>
                    sample.Id).Order(StringComparer.Ordinal)];
    }

    public override IReadOnlyList<string> Ids { get; }

    public override bool HasScoredRegions => Ids.Any(id => _pack[id][Channel.ScoredRegion] is not null);

    internal override void Require(NetworkSegmenter network)
    {
        var size = network.Preprocessing.Size;
        if (_pack.Size != size)
            throw new DatasetException(
                $"the pack's pictures have {_pack.Size} pixels, the network sees {size}; pack again with --size {size}");
        if (network.Preprocessing.Masked && Ids.Count > 0 && Ids.All(id => _pack[id][Channel.Skin] is null))
            throw new DatasetException(
                "the network sees skin only, but the pack has no skin masks; make them with: rhytid data prepare, and pack again");
        if (network.Preprocessing is { Mean.Count: 4, WholeTexture: false }
            && Ids.Count > 0
            && Ids.All(id => _pack[id][Channel.Texture] is null))
            throw new DatasetException(
                "the network's fourth channel is the texture map, but the pack has none; make them with: rhytid data weak-labels, and pack again");
    }

    internal override Mask Truth(string id) =>
        PlanarPixels.ToMask(_pack[id][Channel.Wrinkles]!.Value.Span, _pack.Size,
            least: (byte)((_pack.MaskLevels + 1) / 2));

    internal override Mask? Scored(string id) =>
        _pack[id][Channel.ScoredRegion] is { } scored ? PlanarPixels.ToMask(scored.Span, _pack.Size) : null;

    internal override Image Photo(string id) => PlanarPixels.ToImage(_pack[id].Photo.Span, _pack.Size);

    internal override Plane<float> Probabilities(
        string id, NetworkSegmenter network, bool skinOnly, CancellationToken cancellationToken)
    {
        var sample = _pack[id];
        using var scope = TensorScope.Begin(cancellationToken);
        // A batch of one, so that what the network gets is what it gets in training.
        using var batch = new ValidationBatch
        {
            Ids = [id],
            Maps = sample.Maps.Map((channel, _) => sample.ToTensor(channel).Unsqueeze(0).To(DType.Float32)),
        };
        var input = NetworkInputs.Make(batch, network.Preprocessing).Permute(0, 2, 3, 1).Contiguous(); // (1, H, W, C)
        var map = network.Probabilities(input.AsSpan<float>(), _pack.Size, _pack.Size, cancellationToken);
        if (skinOnly && sample[Channel.Skin] is { } inside)
            KeepSkin(map, PlanarPixels.ToMask(inside.Span, _pack.Size));
        return map;
    }
}

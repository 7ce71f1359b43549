using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Segmentation.Networks;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Networks;

/// <summary>Photos of a data set's folder.</summary>
internal sealed class FolderSet : EvaluationSet
{
    private readonly WrinkleDataset _dataset;
    private readonly ISkinSource? _skin;
    private readonly Dictionary<string, WrinkleSample> _samples;

    public FolderSet(WrinkleDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        _dataset = dataset;
        _skin = SkinSources.OwnOf(dataset);
        _samples = dataset.Labelled.ToDictionary(sample => sample.Id, StringComparer.Ordinal);
        Ids = [.. _samples.Keys];
    }

    public override IReadOnlyList<string> Ids { get; }

    public override bool HasScoredRegions => _dataset.HasScoredRegions;

    public override int? WrinkleValue => _dataset.WrinkleValue;

    internal override void Require(NetworkSegmenter network)
    {
        if (_skin is null && NeedsSkin(network))
            throw new DatasetException(
                $"{_dataset.Folder}: the network sees skin only, but the set has no skin masks; make them with: rhytid data prepare");
    }

    internal override Mask Truth(string id) => _dataset.LoadMask(_samples[id]);

    internal override Mask? Scored(string id) => SampleFiles.LoadScoredRegion(_samples[id]);

    internal override Image Photo(string id) => SampleFiles.LoadPhoto(_samples[id]);

    internal override Plane<float> Probabilities(
        string id, NetworkSegmenter network, bool skinOnly, CancellationToken cancellationToken)
    {
        var sample = _samples[id];
        var photo = Photo(id);
        // Without skin masks all of the photo is the face: so it is for networks that are not masked.
        var skin = _skin?.Find(sample, photo.Width, photo.Height, cancellationToken)
            ?? Mask.Full(photo.Width, photo.Height);
        var map = network.Probabilities(FaceImage.FromAligned(photo), skin, cancellationToken);
        if (skinOnly)
            KeepSkin(map, skin);
        return map;
    }
}

using Rhytid.Training.Datasets.Sets;


namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Which files every sample of a data set has to have.</summary>
/// <param name="Photo">A photo.</param>
/// <param name="Mask">A manual mask; without one a photo is unlabelled, which most of FFHQ-Wrinkle is.</param>
/// <param name="ScoredRegion">For labelled samples: where pixels count.</param>
/// <param name="SkinMask">A skin mask.</param>
/// <param name="Labels">Parsing labels.</param>
/// <param name="Texture">A texture map.</param>
/// <param name="MaskedImage">For labelled samples: the photo, black outside the skin.</param>
internal readonly record struct ExpectedFiles(
    bool Photo, bool Mask, bool ScoredRegion, bool SkinMask, bool Labels, bool Texture, bool MaskedImage)
{
    /// <summary>A kind of file that some samples have, all have to have, unless the layout allows gaps.</summary>
    public static ExpectedFiles Create(WrinkleDataset dataset) => new(
        Photo: true,
        Mask: dataset.Layout != DatasetLayouts.FfhqWrinkle && dataset.Labelled.Any(),
        ScoredRegion: dataset.HasScoredRegions,
        SkinMask: dataset.Samples.Any(sample => sample.SkinMaskPath is not null),
        Labels: dataset.Samples.Any(sample => sample.LabelsPath is not null)
            || dataset.Layout == DatasetLayouts.Parsing,
        Texture: dataset.Samples.Any(sample => sample.TexturePath is not null),
        MaskedImage: dataset.Samples.Any(sample => sample.MaskedImagePath is not null));
}

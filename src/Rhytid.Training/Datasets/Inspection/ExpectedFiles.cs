using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Which files every sample of a data set has to have.</summary>
/// <param name="Channels">Channels that some samples have, and those that the layout asks for.</param>
/// <param name="MaskedImage">For labelled samples: the photo, black outside the skin.</param>
internal readonly record struct ExpectedFiles(IReadOnlySet<Channel> Channels, bool MaskedImage)
{
    /// <summary>A kind of file that some samples have, all have to have, unless the layout allows gaps.</summary>
    public static ExpectedFiles Create(WrinkleDataset dataset)
    {
        var channels = dataset.Samples.SelectMany(sample => sample.Paths.Select(path => path.Key)).ToHashSet();
        channels.Add(Channel.Photo);
        // Most of FFHQ-Wrinkle has no manual mask.
        if (dataset.Layout == DatasetLayouts.FfhqWrinkle)
            channels.Remove(Channel.Wrinkles);
        if (dataset.Layout == DatasetLayouts.Parsing)
            channels.Add(Channel.Labels);
        return new(channels, dataset.Samples.Any(sample => sample.MaskedImagePath is not null));
    }
}

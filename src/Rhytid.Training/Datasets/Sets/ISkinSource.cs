using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Where the skin of a data set's photos is known from. Safe to use from many threads.</summary>
public interface ISkinSource
{
    /// <summary>What it is called in settings and messages.</summary>
    string Name { get; }

    /// <summary>The skin of one photo.</summary>
    /// <param name="sample">The sample, which has a photo.</param>
    /// <param name="width">Columns of the photo.</param>
    /// <param name="height">Rows of the photo.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A mask of that size; null for all of the photo.</returns>
    /// <exception cref="DatasetException">There is none for this sample.</exception>
    /// <exception cref="ImageException">A file cannot be read.</exception>
    Mask? Find(WrinkleSample sample, int width, int height, CancellationToken cancellationToken = default);
}

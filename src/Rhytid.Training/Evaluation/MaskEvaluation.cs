using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets;

namespace Rhytid.Training.Evaluation;

/// <summary>Scores of one photo.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Counts">Pixel counts inside the scored region.</param>
public sealed record ImageScore(string Id, ConfusionCounts Counts);

/// <summary>Compares a folder of predicted masks with a data set's manual masks.</summary>
public sealed record MaskEvaluation
{
    /// <summary>Photos that were scored.</summary>
    public required IReadOnlyList<ImageScore> Images { get; init; }

    /// <summary>Ids left out because nobody drew a wrinkle on them: an empty mask is no evidence of smooth skin.</summary>
    public required IReadOnlyList<string> EmptyTruth { get; init; }

    /// <summary>Ids for which there is no predicted mask.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>All pixels of all photos together.</summary>
    public ConfusionCounts Pooled => Images.Aggregate(default(ConfusionCounts), (sum, image) => sum + image.Counts);

    /// <summary>Mean over photos of one score; photos where it is undefined are left out.</summary>
    public double ImageMean(Func<ConfusionCounts, double> score) =>
        Images.Select(image => score(image.Counts)).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Scores the masks <c>{id}.mask.png</c> or <c>{id}.png</c> of a folder.</summary>
    /// <exception cref="ImageException">A mask cannot be read or differs in size from its truth.</exception>
    public static MaskEvaluation Run(WrinkleDataset dataset, string masks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!Directory.Exists(masks))
            throw new ImageException($"{masks}: there is no such folder");
        var (images, empty, missing) = (new List<ImageScore>(), new List<string>(), new List<string>());
        foreach (var sample in dataset.Labelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var truth = dataset.LoadMask(sample);
            if (truth.Count() == 0)
                empty.Add(sample.Id);
            else if (PredictionOf(masks, sample.Id) is { } path)
                images.Add(new ImageScore(sample.Id, Count(path, truth, SampleFiles.LoadScoredRegion(sample))));
            else
                missing.Add(sample.Id);
        }
        return new MaskEvaluation { Images = images, EmptyTruth = empty, Missing = missing };
    }

    private static ConfusionCounts Count(string path, Mask truth, Mask? scored)
    {
        try
        {
            return ConfusionCounts.Of(ImageEncoding.LoadMask(path), truth, scored);
        }
        catch (Exception error) when (error is ArgumentException or ImageException)
        {
            throw new ImageException($"{path}: {error.Message}", error);
        }
    }

    private static string? PredictionOf(string folder, string id) =>
        new[] { $"{id}.mask.png", $"{id}.png" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

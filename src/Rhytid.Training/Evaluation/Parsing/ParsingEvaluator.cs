using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Parsing;

/// <summary>
/// Scores a face parser on a data set with parsing labels, at the labels' own size. Every photo is one aligned face.
/// </summary>
/// <param name="parser">The network; not disposed with this.</param>
public sealed class ParsingEvaluator(FaceParser parser)
{
    /// <summary>Scores all samples that have labels.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="done">Told the id of each photo that was scored.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    /// <exception cref="DatasetException">The set has no labels.</exception>
    /// <exception cref="ImageException">A file cannot be read.</exception>
    public ParsingScore Score(
        WrinkleDataset dataset, Action<string>? done = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var samples = dataset.Samples.Where(sample =>
            sample[Channel.Labels] is not null && sample[Channel.Photo] is not null).ToList();
        if (samples.Count == 0)
            throw new DatasetException($"{dataset.Folder}: there are no parsing labels to score a face parser by");
        var score = new ParsingScore();
        foreach (var sample in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var labels = FaceLabels.InOrder(
                FaceLabels.Load(sample[Channel.Labels]!), dataset.Layout.LabelOrder, LabelOrder.BiSeNet);
            score.Add(
                parser.Parse(SampleFiles.LoadPhoto(sample), labels.Width, labels.Height, cancellationToken), labels);
            done?.Invoke(sample.Id);
        }
        return score;
    }
}

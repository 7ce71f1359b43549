using Rhytid.Models;
using Rhytid.Scores;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Runs;

/// <summary>What a network does on photos that it is not trained on: never augmented.</summary>
/// <param name="Loss">Mean loss of the batches.</param>
/// <param name="Images">Counts of each image at threshold 0.5, inside the scored region.</param>
public sealed record Validation(double Loss, IReadOnlyList<(string Id, ConfusionCounts Counts)> Images)
{
    /// <summary>Mean JSI over images.</summary>
    public double MeanJsi => Mean(counts => counts.Jsi);

    /// <summary>All pixels of all images together.</summary>
    public ConfusionCounts Pooled => Images.Aggregate(default(ConfusionCounts), (sum, image) => sum + image.Counts);

    /// <summary>Mean of a score over images where it is defined.</summary>
    public double Mean(Func<ConfusionCounts, double> score) => Images.Select(image => score(image.Counts)).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Runs a network over all batches of a loader.</summary>
    public static Validation Run(Network network, BatchLoader loader, Preprocessing preprocessing, ILoss loss, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentNullException.ThrowIfNull(loss);
        var wasTraining = network.Parameters.IsTraining;
        network.Parameters.Eval();
        var (total, images) = (0.0, new List<(string Id, ConfusionCounts Counts)>());
        try
        {
            foreach (var batch in loader.Epoch(epoch: 0, cancellationToken: cancellationToken))
            {
                using (batch)
                {
                    using var scope = TensorScope.Begin(cancellationToken);
                    using var mode = Autograd.NoGrad();
                    var outputs = network.ForwardHeads(NetworkInputs.Make(batch, preprocessing));
                    var masks = batch.Masks ?? throw new TrainingException("a sample without a manual mask cannot be validated on");
                    total += loss.Compute(outputs, new WrinkleTarget(masks, batch.Scored)).Total.ToDouble();
                    images.AddRange(batch.Ids.Zip(Count(Logits.Wrinkle(outputs[0]), masks, batch.Scored)));
                }
            }
        }
        finally
        {
            if (wasTraining)
                network.Parameters.Train();
        }
        return new Validation(total / loader.Count, images);
    }

    private static IEnumerable<ConfusionCounts> Count(Tensor logits, Tensor masks, Tensor? scored)
    {
        var predicted = logits.Greater(0).To(DType.Float32);
        // Sums of floats are exact up to 16 million, the pixels of a picture of 4096 x 4096.
        long[] Sums(Tensor values) => [.. Reduction.Sum(Reduction.KeepScored(values, scored), Pooling.Image).ToArray<float>().Select(value => (long)value)];
        var (tp, fp, fn, tn) = (Sums(predicted * masks), Sums(predicted * (1 - masks)), Sums((1 - predicted) * masks), Sums((1 - predicted) * (1 - masks)));
        return tp.Select((_, i) => new ConfusionCounts(tp[i], fp[i], fn[i], tn[i]));
    }
}

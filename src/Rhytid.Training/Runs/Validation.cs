using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Runs;

/// <summary>The result of a network on samples that it is not trained on, which are never augmented.</summary>
/// <param name="Loss">Mean loss of the batches.</param>
/// <param name="Score">Chooses the best epoch, higher is better: the metric's score, or the negative loss.</param>
/// <param name="Metric">The metric; null where there is none, and in processes that do not validate.</param>
public sealed record Validation(double Loss, double Score, IMetric? Metric)
{
    /// <summary>Runs a network over all batches of a loader.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Validation Run(
        Network network, ValidationBatches batches, IObjective objective, ILoss loss, Device device = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(loss);
        var wasTraining = network.Parameters.IsTraining;
        network.Parameters.Eval();
        var (total, metric) = (0.0, objective.CreateMetric());
        try
        {
            foreach (var batch in batches.Epoch(epoch: 0))
            {
                using (batch)
                {
                    using var scope = TensorScope.Begin(cancellationToken);
                    using var mode = Autograd.NoGrad();
                    var (inputs, targets) = objective.Prepare(batch, epoch: 0).To(device);
                    var outputs = network.ForwardHeads(inputs);
                    total += loss.Compute(outputs, targets).Total.ToDouble();
                    metric?.Add(batch, outputs[0].To(Device.Cpu));
                }
            }
        }
        finally
        {
            if (wasTraining)
                network.Parameters.Train();
        }
        var mean = total / batches.Count;
        return new Validation(mean, metric?.Score ?? -mean, metric);
    }
}

using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Runs;

/// <summary>What a network does on samples that it is not trained on: never augmented.</summary>
/// <param name="Loss">Mean loss of the batches.</param>
/// <param name="Scores">How good the answers are; null where the loss says everything.</param>
public sealed record Validation(double Loss, IScoreKeeper? Scores)
{
    /// <summary>What decides which epoch is the best; higher is better.</summary>
    public double Score => Scores?.Score ?? -Loss;

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
        var (total, scores) = (0.0, objective.BeginScores());
        try
        {
            foreach (var batch in batches.Epoch(epoch: 0))
            {
                using (batch)
                {
                    using var scope = TensorScope.Begin(cancellationToken);
                    using var mode = Autograd.NoGrad();
                    var (input, target) = objective.Prepare(batch, epoch: 0).To(device);
                    var outputs = network.ForwardHeads(input);
                    total += loss.Compute(outputs, target).Total.ToDouble();
                    scores?.Add(batch, outputs[0].To(Device.Cpu));
                }
            }
        }
        finally
        {
            if (wasTraining)
                network.Parameters.Train();
        }
        return new Validation(total / batches.Count, scores);
    }
}

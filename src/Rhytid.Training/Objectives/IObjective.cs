using System.Collections.ObjectModel;
using Rhytid.Scores;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>A training task: segmentation of wrinkles, or a pre-training task.</summary>
public interface IObjective
{
    /// <summary>The name in recipes.</summary>
    string Id { get; }

    /// <summary>Makes the network's inputs and the targets of the loss from a batch.</summary>
    /// <param name="batch">Stays as it is.</param>
    /// <param name="epoch">Seeds what is drawn at random, from 0.</param>
    /// <exception cref="Datasets.Sets.DatasetException">The set lacks a channel that is needed.</exception>
    InputsAndTargets Prepare(WrinkleBatch batch, int epoch);

    /// <summary>A new metric for one validation; null where the validation loss chooses the best epoch.</summary>
    IMetric? CreateMetric() => null;

    /// <summary>What is logged of the main head's output in a training step, by name.</summary>
    /// <param name="output">(N, C, H, W).</param>
    IReadOnlyDictionary<string, double> Monitor(Tensor output) => ReadOnlyDictionary<string, double>.Empty;
}

/// <summary>The network's inputs and the targets of the loss.</summary>
/// <param name="Inputs">(N, C, H, W), Float32, normalised.</param>
/// <param name="Targets">What the loss compares the outputs with.</param>
public sealed record InputsAndTargets(Tensor Inputs, LossTarget Targets)
{
    /// <summary>Copies both to a device.</summary>
    public InputsAndTargets To(Device device) =>
        new(Inputs.To(device), new LossTarget(Targets.Values.To(device), Targets.Scored?.To(device)));
}

/// <summary>A validation metric, accumulated over batches.</summary>
public interface IMetric
{
    /// <summary>The score that chooses the best epoch; higher is better.</summary>
    double Score { get; }

    /// <summary>All scores by their keys in the log.</summary>
    IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>Confusion counts of each image, kept for the best epoch; empty where there are none.</summary>
    IReadOnlyList<(string Id, ConfusionCounts Counts)> Images => [];

    /// <summary>The images with the lowest and highest scores, lowest first; empty where none are kept.</summary>
    IReadOnlyList<RunExample> Examples => [];

    /// <summary>Adds a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="output">The main head's output, (N, C, H, W).</param>
    void Add(WrinkleBatch batch, Tensor output);
}

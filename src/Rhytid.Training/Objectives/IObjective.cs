using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>
/// What a network learns: to find wrinkles, or to answer another question from which it learns to see faces.
/// </summary>
public interface IObjective
{
    /// <summary>What recipes call it.</summary>
    string Id { get; }

    /// <summary>Makes what the network gets and what it should answer.</summary>
    /// <param name="batch">Stays as it is.</param>
    /// <param name="epoch">Each epoch draws anew where something is drawn.</param>
    /// <exception cref="Datasets.Sets.DatasetException">The set lacks something that is needed.</exception>
    Lesson Prepare(WrinkleBatch batch, int epoch);

    /// <summary>Begins to count how good the answers are; null where the loss says everything.</summary>
    IScoreKeeper? BeginScores();
}

/// <summary>What the network gets and what it should answer.</summary>
/// <param name="Input">(N, C, H, W), Float32, scaled.</param>
/// <param name="Target">What the losses compare with.</param>
public sealed record Lesson(Tensor Input, LossTarget Target)
{
    /// <summary>The same on a device.</summary>
    public Lesson To(Device device) =>
        new(Input.To(device), new LossTarget(Target.Values.To(device), Target.Scored?.To(device)));
}

/// <summary>Counts how good answers are, batch by batch.</summary>
public interface IScoreKeeper
{
    /// <summary>The score that decides which epoch is the best; higher is better.</summary>
    double Score { get; }

    /// <summary>All scores by the names of the log.</summary>
    IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>Counts a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="output">The main head's answer, (N, C, H, W).</param>
    void Add(WrinkleBatch batch, Tensor output);
}

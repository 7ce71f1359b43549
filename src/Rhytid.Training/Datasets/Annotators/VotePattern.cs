using System.Numerics;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>What all annotators say about a pixel, one bit for each.</summary>
/// <param name="Present">Who looked at it.</param>
/// <param name="Votes">Who marked it.</param>
public readonly record struct VotePattern(uint Present, uint Votes)
{
    /// <summary>How many marked it.</summary>
    public int VoteCount => BitOperations.PopCount(Votes);

    /// <summary>How many looked at it.</summary>
    public int PresentCount => BitOperations.PopCount(Present);
}

using Rhytid.Synthesis.Portraits;

namespace Rhytid.Training.Augmentation;

/// <summary>Something that is done to a sample by chance.</summary>
public abstract record AugmentationOperation
{
    /// <summary>
    /// The field's name for it, as in "grid-distortion"; unique in a pipeline, because its random numbers start from
    /// it.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>How often it happens, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Its magnitudes in a few words, for captions and tables.</summary>
    public abstract string Magnitudes { get; }

    // The toss is the first number of the operation's sequence, so that magnitudes do not depend on the probability.
    internal bool Happens(ref SeededRandom random) => random.Chance((float)Probability);
}

using Rhytid.Training.Fields;

namespace Rhytid.Training.Losses;

/// <summary>The losses that a recipe may add up (clDice is of no publication).</summary>
public static class LossKinds
{
    /// <summary>One of each, with its defaults.</summary>
    public static Kinds<ILoss> Table { get; } = new(
        new MeanSquaredError(),
        new L1Loss(),
        new SoftDice(),
        new BinaryDice(Squared: true),
        new BinaryDice(),
        new FocalLoss(),
        new CrossEntropy(),
        new WeightedDeepSupervision(WrinkleWeights.Compute),
        new SoftClDiceLoss(),
        new OhemCrossEntropy(),
        new ClassDice());
}

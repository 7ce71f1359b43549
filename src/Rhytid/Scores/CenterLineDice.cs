using Rhytid.Imaging;

namespace Rhytid.Scores;

/// <summary>
/// clDice of Shit et al. (2021) on hard masks: how much of each mask's centre lines lies inside the other mask. It
/// counts whether lines are found and connected, not how wide they are drawn.
/// </summary>
/// <param name="Lines">Centre-line pixels of the prediction that lie in the truth, of the truth that lie in the
/// prediction, and all of them.</param>
public readonly record struct CenterLineDice(TolerantCounts Lines)
{
    /// <summary>
    /// Share of the prediction's centre lines inside the truth (topology precision); 0 where nothing is predicted.
    /// </summary>
    public double Precision => Lines.Precision;

    /// <summary>
    /// Share of the truth's centre lines inside the prediction (topology sensitivity); NaN where there is no wrinkle.
    /// </summary>
    public double Recall => Lines.Recall;

    /// <summary>Harmonic mean of both; 1 where neither has a wrinkle, 0 where only one has.</summary>
    public double Dice => Lines.F1;

    /// <summary>Thins two masks of one size and counts.</summary>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says.</param>
    /// <param name="scored">
    /// Where centre-line pixels count; everywhere unless given. Lines are found before they are cut: a mask cut first
    /// would get new ends.
    /// </param>
    public static CenterLineDice Compute(Mask predicted, Mask truth, Mask? scored = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        SameSize.Require(truth, predicted, "prediction");
        SameSize.Require(truth, scored, "scored region");
        var (predictedInTruth, predictedLines) = Count(predicted, truth, scored);
        var (truthInPredicted, truthLines) = Count(truth, predicted, scored);
        return new CenterLineDice(new TolerantCounts(predictedInTruth, predictedLines, truthInPredicted, truthLines));
    }

    /// <summary>Counts of two pictures together.</summary>
    public static CenterLineDice operator +(CenterLineDice a, CenterLineDice b) => new(a.Lines + b.Lines);

    /// <summary>Counts of two pictures together.</summary>
    public static CenterLineDice Add(CenterLineDice left, CenterLineDice right) => left + right;

    private static (long Inside, long All) Count(Mask mask, Mask other, Mask? scored)
    {
        // Thinning walks over the whole picture many times, also where there is nothing.
        if (!mask.Samples.ContainsAnyExcept((byte)0))
            return (0, 0);
        var lines = mask.Thin().Samples;
        var (inside, all) = (0L, 0L);
        for (var next = lines.IndexOfAnyExcept((byte)0); next >= 0; next = TolerantCounts.NextSet(lines, next))
        {
            if (scored is not null && scored.Samples[next] == 0)
                continue;
            all++;
            inside += other.Samples[next] != 0 ? 1 : 0;
        }
        return (inside, all);
    }
}

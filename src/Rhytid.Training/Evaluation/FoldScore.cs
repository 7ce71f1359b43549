namespace Rhytid.Training.Evaluation;

/// <summary>One score of all folds of a cross-validation.</summary>
/// <param name="Key">What files call it.</param>
/// <param name="Folds">Its value on each fold; NaN where it is undefined.</param>
public sealed record FoldScore(string Key, IReadOnlyList<double> Folds)
{
    private const double Normal = 1.959964;

    // 97.5 % quantiles of Student's t for 1, 2, ... degrees of freedom.
    private static readonly double[] Student =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281
    ];

    /// <summary>Mean over the folds.</summary>
    public double Mean => Over.Mean;

    /// <summary>Half of the 95 % interval of the mean, by Student's t over the folds; NaN for fewer than two.</summary>
    public double HalfInterval =>
        Folds.Count < 2 ? double.NaN : Quantile(Folds.Count - 1) * Over.Std / Math.Sqrt(Folds.Count);

    /// <summary>Standard deviation over the folds (n - 1).</summary>
    public double Deviation => Over.Std;

    private MeanAndStd Over => MeanAndStd.Compute(Folds);

    // Beyond the table by its expansion (Cornish and Fisher), right to three decimals.
    private static double Quantile(int freedom)
    {
        if (freedom <= Student.Length)
            return Student[freedom - 1];
        var (z, cube, fifth, seventh) = (Normal, Math.Pow(Normal, 3), Math.Pow(Normal, 5), Math.Pow(Normal, 7));
        return z + ((cube + z) / (4 * freedom)) + (((5 * fifth) + (16 * cube) + (3 * z)) / (96.0 * freedom * freedom))
            + (((3 * seventh) + (19 * fifth) + (17 * cube) - (15 * z)) / (384.0 * freedom * freedom * freedom));
    }
}

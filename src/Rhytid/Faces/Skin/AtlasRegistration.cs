using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Moves and stretches the atlas until it explains the picture best: for faces wider, longer or turned.
/// </summary>
internal static class AtlasRegistration
{
    // Half the labelling's grid is enough to place an outline.
    private const int Coarseness = 2;

    // Steps of the hill climb, in shares of the crop's side (shifts) and of the mean face (scales).
    private static readonly float[] Steps = [0.03f, 0.015f];

    // Spread of aligned faces around the mean one, and how much it counts against the picture.
    private const float ShiftDeviation = 0.05f;
    private const float ScaleDeviation = 0.12f;
    private const double PenaltyWeight = 0.01;

    // A place that fits no class counts no more than this (natural logarithm).
    private const float LeastLogLikelihood = -12;

    /// <summary>The pose near <paramref name="start"/> under which the log-likelihood is highest.</summary>
    /// <param name="logLikelihoods">[class][place]; natural logarithms.</param>
    /// <param name="gridSize">Side of the grid in places.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="priorsAt">Prior probabilities of the classes on a grid of the given side, for a pose.</param>
    public static AtlasPose Refine(
        float[][] logLikelihoods, int gridSize, AtlasPose start, Func<int, AtlasPose, float[][]> priorsAt)
    {
        var coarse = gridSize / Coarseness;
        var likelihoods = Relative(logLikelihoods, gridSize, coarse);
        var best = start;
        var bestScore = Score(likelihoods, priorsAt(coarse, best), best);
        foreach (var step in Steps)
            for (var axis = 0; axis < 4; axis++)
                foreach (var direction in (ReadOnlySpan<float>)[-step, step])
                    while (true)
                    {
                        var pose = Moved(best, axis, direction);
                        var score = Score(likelihoods, priorsAt(coarse, pose), pose);
                        if (score <= bestScore)
                            break;
                        (best, bestScore) = (pose, score);
                    }
        return best;
    }

    private static AtlasPose Moved(AtlasPose pose, int axis, float by) => axis switch
    {
        0 => pose with { ShiftX = pose.ShiftX + by },
        1 => pose with { ShiftY = pose.ShiftY + by },
        2 => pose with { ScaleX = pose.ScaleX + by },
        _ => pose with { ScaleY = pose.ScaleY + by },
    };

    // Likelihoods divided by the best class's at each place, so that they are neither huge nor all zero.
    private static float[][] Relative(float[][] logLikelihoods, int gridSize, int coarse)
    {
        var relative = Array.ConvertAll(logLikelihoods,
            values => Plane<float>.FromPixels(values, gridSize, gridSize).Resize(coarse, coarse).Samples.ToArray());
        for (var i = 0; i < coarse * coarse; i++)
        {
            var largest = relative.Max(values => values[i]);
            foreach (var values in relative)
                values[i] = MathF.Exp(Math.Max(values[i] - largest, LeastLogLikelihood));
        }
        return relative;
    }

    private static double Score(float[][] likelihoods, float[][] priors, AtlasPose pose)
    {
        var places = priors[0].Length;
        var sum = 0.0;
        for (var i = 0; i < places; i++)
        {
            var likelihood = 1e-9f;
            for (var c = 0; c < priors.Length; c++)
                likelihood += priors[c][i] * likelihoods[c][i];
            sum += MathF.Log(likelihood);
        }
        var penalty = Square(pose.ShiftX / ShiftDeviation) + Square(pose.ShiftY / ShiftDeviation)
            + Square((pose.ScaleX - 1) / ScaleDeviation) + Square((pose.ScaleY - 1) / ScaleDeviation);
        return (sum / places) - (PenaltyWeight * penalty);
    }

    private static double Square(double value) => value * value;
}

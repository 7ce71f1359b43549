using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

/// <summary>Samples and checks that several tests of losses share.</summary>
internal static class LossCases
{
    // Worked by hand.
    internal static readonly float[] P = [0.9f, 0.2f, 0.6f, 0.05f];

    internal static readonly float[] Q = [1, 0, 1, 1];

    internal static Tensor Logit(float[] p, int height = 2, int width = 2) =>
        Tensor.From(p.Select(v => (float)Math.Log(v / (1.0 - v))).ToArray(), 1, 1, height, width);
}

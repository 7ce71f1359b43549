using System.Drawing;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>Samples and checks that several tests of sampling grids share.</summary>
internal static class GridCases
{
    internal static readonly float[] Nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    internal static SamplingGrid Grid(int width, int height, params Warp[] warps) =>
        SamplingGrid.Compose(warps, new Rectangle(0, 0, width, height));

    internal static float[] Sample(SamplingGrid grid)
    {
        var sampled = new float[9];
        new PlaneSampler<float>(Nine, 3, 3, grid).Bilinear(grid.Window, sampled);
        return sampled;
    }

    internal static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}

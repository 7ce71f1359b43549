using System.Drawing;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class PlaneSamplerTests
{
    private const int Side = 120;

    // Lines of one pixel in every eighth row, shrunk: how many rows' worth of them is left, and whether any has gone.
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.75)]
    [InlineData(0.6)]
    [InlineData(0.52)]
    public void Lines_of_one_pixel_survive_shrinking(double scale)
    {
        var kept = MiddleColumn(Shrink(scale, MaskSampling.KeepLines), out var lines);

        Assert.Equal(lines, CountRuns(kept));
        // One pixel wide on average, at most two.
        Assert.InRange(kept.Sum() / lines, 0.8, 1.25);
    }

    [Fact]
    public void Nearest_alone_loses_lines_where_the_picture_shrinks()
    {
        var kept = MiddleColumn(Shrink(0.6, MaskSampling.Nearest), out var lines);

        Assert.InRange(CountRuns(kept), 1, lines - 2);
    }

    [Fact]
    public void Where_nothing_shrinks_both_rules_are_the_same()
    {
        foreach (var map in
            new[] { new AffineMap { Degrees = 30, ShiftX = 3.3 }, new AffineMap { ScaleX = 1.3, ScaleY = 1.1 } })
        {
            var nearest = Sample(map, MaskSampling.Nearest);
            var differences = nearest.Zip(Sample(map, MaskSampling.KeepLines))
                .Count(pair => pair.First != pair.Second);
            // Rounding may tip a place that lies between two pixels.
            Assert.InRange(differences, 0, 0.002 * nearest.Length);
        }
    }

    private static float[] Shrink(double scale, MaskSampling sampling) =>
        Sample(new AffineMap { ScaleX = scale, ScaleY = scale }, sampling);

    private static float[] Sample(AffineMap map, MaskSampling sampling)
    {
        var grid = SamplingGrid.Compose([map.ToWarp(new Size2(Side, Side))], new Rectangle(0, 0, Side, Side));
        var sampler = new PlaneSampler<byte>(Lines(), Side, Side, grid);
        var sampled = new float[Side * Side];
        if (sampling == MaskSampling.KeepLines)
            sampler.KeepLines(grid.Window, sampled);
        else
            sampler.Nearest(grid.Window, sampled);
        return sampled;
    }

    private static byte[] Lines()
    {
        var mask = new byte[Side * Side];
        for (var y = 4; y < Side; y += 8)
            mask.AsSpan(y * Side, Side).Fill(1);
        return mask;
    }

    private static float[] MiddleColumn(float[] mask, out int lines)
    {
        lines = 15;
        return [.. Enumerable.Range(0, Side).Select(y => mask[(y * Side) + 60])];
    }

    private static int CountRuns(float[] column) =>
        Enumerable.Range(0, column.Length).Count(i => column[i] > 0 && (i == 0 || column[i - 1] == 0));
}

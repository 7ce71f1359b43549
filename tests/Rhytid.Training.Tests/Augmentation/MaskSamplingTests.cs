using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class MaskSamplingTests
{
    private static readonly Size2 Size = new(120, 120);

    // Lines of one pixel in every eighth row, shrunk: how many rows' worth of them is left, and whether any has gone.
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.75)]
    [InlineData(0.6)]
    [InlineData(0.52)]
    public void Lines_of_one_pixel_survive_shrinking(double scale)
    {
        using var scope = TensorScope.Begin();
        var kept = MiddleColumn(Shrink(scale, MaskSampling.KeepLines), out var lines);

        Assert.Equal(lines, CountRuns(kept));
        // One pixel wide on average, at most two.
        Assert.InRange(kept.Sum() / lines, 0.8, 1.25);
    }

    [Fact]
    public void Nearest_alone_loses_lines_where_the_picture_shrinks()
    {
        using var scope = TensorScope.Begin();
        var kept = MiddleColumn(Shrink(0.6, MaskSampling.Nearest), out var lines);

        Assert.InRange(CountRuns(kept), 1, lines - 2);
    }

    [Fact]
    public void Where_nothing_shrinks_both_rules_are_the_same()
    {
        using var scope = TensorScope.Begin();
        foreach (var map in new[] { new AffineMap { Degrees = 30, ShiftX = 3.3 }, new AffineMap { ScaleX = 1.3, ScaleY = 1.1 } })
        {
            var places = map.ToWarp(Size)(SamplingGrid.Identity(Size, Device.Cpu)).Unsqueeze(0);
            var nearest = MaskSampler.Sample(Lines(), places, MaskSampling.Nearest);
            var differences = nearest.NotEqualTo(MaskSampler.Sample(Lines(), places, MaskSampling.KeepLines)).To(DType.Float32).Sum().ToDouble();
            // Rounding may tip a place that lies between two pixels.
            Assert.InRange(differences, 0, 0.002 * nearest.Count);
        }
    }

    // By hand: where a place lies between four pixels, each counts by how near it is; beyond the mask there is nothing.
    [Fact]
    public void Bilinear_masks_say_how_much_of_a_pixel_is_wrinkle()
    {
        using var scope = TensorScope.Begin();
        var mask = Tensor.From([0f, 1, 0, 0.5f, 0, 0], 1, 1, 2, 3);
        (float X, float Y, float Value)[] places = [(0.5f, 0, 0.5f), (1, 0.25f, 0.75f), (1.75f, 0, 0.25f), (0.25f, 0.5f, (0.25f * 0.5f) + (0.75f * 0.5f * 0.5f)), (-0.5f, 1, 0.25f), (9, 9, 0)];
        var asked = Tensor.From([.. places.Select(place => place.X), .. places.Select(place => place.Y)], 1, 2, 1, places.Length);

        var found = MaskSampler.Sample(mask, asked, MaskSampling.Bilinear).ToArray<float>();

        Assert.Equal(places.Select(place => place.Value), found, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    private static Tensor Shrink(double scale, MaskSampling sampling) =>
        MaskSampler.Sample(Lines(), new AffineMap { ScaleX = scale, ScaleY = scale }.ToWarp(Size)(SamplingGrid.Identity(Size, Device.Cpu)).Unsqueeze(0), sampling);

    private static Tensor Lines()
    {
        var mask = Tensor.Zeros([1, 1, 120, 120]);
        for (var y = 4; y < 120; y += 8)
            mask[0, 0, y].FillInPlace(1);
        return mask;
    }

    private static float[] MiddleColumn(Tensor mask, out int lines)
    {
        lines = 15;
        return mask[0, 0, .., 60].ToArray<float>();
    }

    private static int CountRuns(float[] column) => Enumerable.Range(0, column.Length).Count(i => column[i] > 0 && (i == 0 || column[i - 1] == 0));
}

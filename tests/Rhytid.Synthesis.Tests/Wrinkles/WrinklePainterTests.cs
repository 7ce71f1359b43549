using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class WrinklePainterTests
{
    private static readonly Portrait Face = SmoothFace.Portrait;

    private static readonly Lazy<WrinkledFace> Old = new(() => Paint(seed: 4, new WrinklePaintOptions { Age = 78 }));

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_on_one_thread_as_on_many()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;
        var one =
            await Task.Factory.StartNew(
                () => Paint(4, new WrinklePaintOptions { Age = 78 }), CancellationToken.None, TaskCreationOptions.None,
                scheduler);

        Assert.Equal(Old.Value.Image.Samples.ToArray(), one.Image.Samples.ToArray());
        Assert.Equal(Old.Value.WrinkleMask.Samples.ToArray(), one.WrinkleMask.Samples.ToArray());
        Assert.Equal(WrinkleRecord.ToJson("a", "b", 4, Old.Value), WrinkleRecord.ToJson("a", "b", 4, one));
    }

    [Fact]
    public void Another_seed_paints_other_wrinkles() =>
        Assert.NotEqual(
            Old.Value.WrinkleMask.Samples.ToArray(),
            Paint(5, new WrinklePaintOptions { Age = 78 }).WrinkleMask.Samples.ToArray());

    [Fact]
    public void The_photo_itself_is_left_alone_and_so_is_everything_but_its_skin()
    {
        var before = Face.Image.Clone();
        var painted = Paint(9, new WrinklePaintOptions { Age = 85 });

        Assert.Equal(before.Samples.ToArray(), Face.Image.Samples.ToArray());
        for (var i = 0; i < Face.SkinMask.Samples.Length; i++)
            if (Face.SkinMask.Samples[i] == 0)
                for (var channel = 0; channel < 3; channel++)
                    Assert.Equal(before.Samples[(3 * i) + channel], painted.Image.Samples[(3 * i) + channel]);
    }

    [Fact]
    public void The_mask_lies_on_skin() => Assert.Equal(0, Old.Value.WrinkleMask.Except(Face.SkinMask).Count());

    [Fact]
    public void The_mask_is_what_lies_within_half_a_width_of_a_line_that_is_not_faint()
    {
        var expected = new Mask(Face.Image.Width, Face.Image.Height);
        for (var y = 0; y < expected.Height; y++)
            for (var x = 0; x < expected.Width; x++)
                expected[x, y] = Old.Value.Wrinkles.Any(wrinkle => IsIn(wrinkle, new Vector2(x + 0.5f, y + 0.5f)));
        var mask = Old.Value.WrinkleMask;

        Assert.True(mask.Count() > 1000, $"{mask.Count()} pixels");
        // The record holds the width at the course's points only; between them it is not quite straight. Towards the
        // skin's edge the paint, and with it the mask, ends earlier.
        Assert.True(
            mask.Except(expected).Count() < 0.03 * mask.Count(),
            $"{mask.Except(expected).Count()} of {mask.Count()} pixels lie outside the rule");
        var inside = Face.SkinMask.Erode(15);
        var missing = expected.And(inside).Except(mask).Count();
        Assert.True(
            missing < 0.1 * mask.Count(), $"{missing} pixels that the rule names are missing, mask {mask.Count()}");
    }

    [Fact]
    public void The_darkness_lies_under_the_mask_and_the_rest_of_the_skin_keeps_its_light()
    {
        var (before, after) = (Face.Image.ToGray(), Old.Value.Image.ToGray());
        var (mask, near) = (Old.Value.WrinkleMask, Old.Value.WrinkleMask.Dilate(41));
        var under = MeanChange(before, after, mask);

        Assert.True(under < -4, $"{under:0.00} grey levels under the mask");
        Assert.InRange(MeanChange(before, after, Face.SkinMask.Except(near)), -1.5, 1.5);
        Assert.InRange(MeanChange(before, after, Face.SkinMask.Except(mask)), under / 2, 1.5);
    }

    [Fact]
    public void A_wrinkle_is_redder_than_the_skin_it_lies_in()
    {
        double before = 0, after = 0;
        for (var i = 0; i < Old.Value.WrinkleMask.Samples.Length; i++)
        {
            if (Old.Value.WrinkleMask.Samples[i] == 0)
                continue;
            before += (double)Face.Image.Samples[3 * i] / Math.Max(1, (int)Face.Image.Samples[(3 * i) + 1]);
            after += (double)Old.Value.Image.Samples[3 * i] / Math.Max(1, (int)Old.Value.Image.Samples[(3 * i) + 1]);
        }

        Assert.True(after > before);
    }

    [Fact]
    public void The_old_have_more_of_them()
    {
        var young = Enumerable.Range(0, 4)
            .Sum(seed => Paint(seed, new WrinklePaintOptions { Age = 38 }).WrinkleMask.Count());
        var old = Enumerable.Range(0, 4)
            .Sum(seed => Paint(seed, new WrinklePaintOptions { Age = 80 }).WrinkleMask.Count());

        Assert.True(old > 2 * young, $"{young} pixels at 38, {old} at 80");
    }

    [Fact]
    public void Leaving_regions_out_changes_no_other()
    {
        var forehead = Paint(4, new WrinklePaintOptions { Age = 78, Regions = [WrinkleRegion.Forehead] });

        Assert.All(forehead.Wrinkles, wrinkle => Assert.Equal(WrinkleRegion.Forehead, wrinkle.Region));
        Assert.Equal(
            Old.Value.Wrinkles.Where(wrinkle => wrinkle.Region == WrinkleRegion.Forehead)
                .SelectMany(wrinkle => wrinkle.Points),
            forehead.Wrinkles.SelectMany(wrinkle => wrinkle.Points));
    }

    [Theory]
    [InlineData(17, 1f)]
    [InlineData(91, 1f)]
    [InlineData(60, 0f)]
    [InlineData(60, float.NaN)]
    public void Options_out_of_range_are_refused(int age, float strength) =>
        Assert.Throws<ArgumentException>(() => Paint(1, new WrinklePaintOptions { Age = age, Strength = strength }));

    private static WrinkledFace Paint(int seed, WrinklePaintOptions options) =>
        new WrinklePainter().Paint(Face.Image, Face.Landmarks, Face.SkinMask, seed, options);

    private static bool IsIn(PaintedWrinkle wrinkle, Vector2 pixel)
    {
        var (best, width, depth) = (float.MaxValue, 0f, 0f);
        for (var i = 0; i + 1 < wrinkle.Points.Count; i++)
        {
            var (from, along) = (wrinkle.Points[i], wrinkle.Points[i + 1] - wrinkle.Points[i]);
            var t = Math.Clamp(Vector2.Dot(pixel - from, along) / Math.Max(1e-9f, along.LengthSquared()), 0, 1);
            var distance = Vector2.Distance(pixel, from + (along * t));
            if (distance < best)
                (best, width, depth) =
                    (distance, float.Lerp(wrinkle.WidthsPixels[i], wrinkle.WidthsPixels[i + 1], t),
                        float.Lerp(wrinkle.ProfileAt(i), wrinkle.ProfileAt(i + 1), t));
        }
        return best <= width / 2 && depth >= 0.3f;
    }

    private static double MeanChange(Plane<byte> before, Plane<byte> after, Mask where)
    {
        var (sum, count) = (0L, 0);
        for (var i = 0; i < where.Samples.Length; i++)
            if (where.Samples[i] != 0)
                (sum, count) = (sum + after.Samples[i] - before.Samples[i], count + 1);
        return (double)sum / count;
    }
}

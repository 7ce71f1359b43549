namespace Rhytid.Imaging.Tests;

public sealed class MaskTests
{
    [Fact]
    public void Mask_files_of_0_and_1_and_of_0_and_255_mean_the_same()
    {
        var ones = Plane<byte>.FromPixels([0, 1, 1, 0], 2, 2);
        var full = Plane<byte>.FromPixels([0, 255, 255, 100], 2, 2);

        Assert.Equal(Mask.FromLevels(ones).Samples.ToArray(), Mask.FromLevels(full).Samples.ToArray());
    }

    [Fact]
    public void Masks_of_different_sizes_do_not_mix() =>
        Assert.Throws<ArgumentException>(() => new Mask(3, 3).And(new Mask(3, 4)));

    [Fact]
    public void Levels_are_cut_above_127_unless_the_largest_is_1()
    {
        Assert.Equal([0, 0, 255, 255], Mask.FromLevels(Row(1, 127, 128, 255)).Samples.ToArray());
        Assert.Equal([0, 0, 255], Mask.FromLevels(Row(0, 1, 200)).Samples.ToArray());
        Assert.Equal([0, 255, 0], Mask.FromLevels(Row(0, 1, 0)).Samples.ToArray());
    }

    [Fact]
    public void Two_masks_combine_as_sets_do()
    {
        var (a, b) = (Mask.FromLevels(Row(0, 0, 255, 255)), Mask.FromLevels(Row(0, 255, 0, 255)));

        Assert.Equal([0, 0, 0, 255], a.And(b).Samples.ToArray());
        Assert.Equal([0, 255, 255, 255], a.Or(b).Samples.ToArray());
        Assert.Equal([0, 0, 255, 0], a.Except(b).Samples.ToArray());
        Assert.Equal([255, 255, 0, 0], a.Invert().Samples.ToArray());
        // De Morgan's law.
        Assert.Equal(a.And(b).Invert().Samples.ToArray(), a.Invert().Or(b.Invert()).Samples.ToArray());
    }

    [Fact]
    public void Pixels_are_counted_and_chosen_by_their_value()
    {
        var plane = Plane<float>.FromPixels([0.2f, 0.5f, 0.7f, float.NaN, 0.9f, 0.4f], 3, 2);

        var mask = Mask.Where(plane, value => value >= 0.5f);

        Assert.Equal(3, mask.Count());
        Assert.True(mask[1, 0] && mask[2, 0] && mask[1, 1]);
        Assert.Equal(6, Mask.Full(3, 2).Count());
    }

    [Fact]
    public void The_plane_of_a_mask_shares_its_pixels_and_a_copy_does_not()
    {
        var mask = new Mask(2, 1);
        var copy = mask.Clone();

        mask.AsPlane()[1, 0] = 255;

        Assert.True(mask[1, 0]);
        Assert.Equal(0, copy.Count());
    }

    private static Plane<byte> Row(params byte[] levels) => Plane<byte>.FromPixels(levels, levels.Length, 1);
}

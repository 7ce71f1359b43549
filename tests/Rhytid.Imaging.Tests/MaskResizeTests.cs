using FsCheck;
using FsCheck.Fluent;

namespace Rhytid.Imaging.Tests;

public sealed class MaskResizeTests
{
    [Theory]
    [InlineData(1024, 512)]
    [InlineData(1024, 640)]
    [InlineData(1024, 256)]
    [InlineData(1024, 1000)]
    public void Lines_of_one_pixel_survive_whole(int from, int to)
    {
        for (var offset = 0; offset < 9; offset++)
        {
            // Across, down, and down in steps of 3 to 1; the last two also touch at corners only.
            Assert.Equal(to, CountOf(Shrink(from, to, MaskResize.Any, (x, y) => y == 500 + offset)));
            Assert.Equal(to, CountOf(Shrink(from, to, MaskResize.Any, (x, y) => x == 500 + offset)));
            foreach (var line in
                new Func<int, int, bool>[]
                {
                    (x, y) => x == (y + offset) % from && y < from - offset, (x, y) => y == (x / 3) + offset
                })
                Assert.True(
                    IsOneLine(Shrink(from, to, MaskResize.Any, line), to), $"{from} to {to}, offset {offset}");
        }
    }

    [Fact]
    public void The_other_rules_lose_such_lines()
    {
        // Slanting past the corners of cells, or between the pixels that nearest looks at.
        Assert.Equal(0, CountOf(Shrink(1024, 512, MaskResize.Half, (x, y) => x == y + 1)));
        Assert.Equal(1023, CountOf(Shrink(1024, 512, MaskResize.Any, (x, y) => x == y + 1)));
        Assert.Equal(0, CountOf(Shrink(1024, 512, MaskResize.Nearest, (x, y) => y == 501)));
        Assert.Equal(512, CountOf(Shrink(1024, 512, MaskResize.Any, (x, y) => y == 501)));
    }

    [Fact]
    public void No_single_pixel_vanishes()
    {
        Prop.ForAll(
            Gen.Choose(1, 60).Two().SelectMany(
                size => Gen.Choose(0, size.Item1 - 1).Two(), (size, place) => (size, place)).ToArbitrary(),
            value =>
            {
                var ((from, to), (x, y)) = value;
                var mask = new byte[from * from];
                mask[(y * from) + x] = 255;
                var target = new byte[to * to];
                MaskShrinker.Resize(mask, from, from, target, to, to, MaskResize.Any);
                // In the cell that holds the pixel's centre, where the mask is not enlarged.
                return to > from
                    || target[((((2 * y) + 1) * to / (2 * from)) * to) + (((2 * x) + 1) * to / (2 * from))] == 1;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Areas_keep_their_size_by_half()
    {
        var disc = Shrink(
            1024, 512, MaskResize.Half, (x, y) => ((x - 512) * (x - 512)) + ((y - 512) * (y - 512)) < 300 * 300);

        Assert.Equal(Math.PI * 150 * 150, CountOf(disc), tolerance: 200);
    }

    [Fact]
    public void Worked_values()
    {
        // 4 x 4 to 2 x 2: one pixel, two pixels, all, none.
        byte[] mask =
        [
            9, 0, 9, 9,
            0, 0, 0, 0,
            9, 9, 0, 0,
            9, 9, 0, 0,
        ];
        Assert.Equal([1, 1, 1, 0], Resize(mask, 4, 2, MaskResize.Any));
        Assert.Equal([0, 1, 1, 0], Resize(mask, 4, 2, MaskResize.Half));
        Assert.Equal([1, 1, 1, 0], Resize(mask, 4, 2, MaskResize.Nearest));
        // 3 x 3 to 2 x 2: the middle pixel lies a quarter in each cell, its centre on the edge of the last; the corner
        // lies whole in one.
        Assert.Equal([0, 0, 0, 1], Resize([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, 2, MaskResize.Any));
        Assert.Equal([0, 0, 0, 1], Resize([0, 0, 0, 0, 0, 0, 0, 0, 1], 3, 2, MaskResize.Any));
        Assert.Equal([0, 0, 0, 0], Resize([0, 0, 0, 0, 0, 0, 0, 0, 1], 3, 2, MaskResize.Half));
        // Enlarged and untouched.
        Assert.Equal([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1], Resize([7, 0, 0, 7], 2, 4, MaskResize.Any));
        Assert.Equal([1, 0, 0, 1], Resize([7, 0, 0, 7], 2, 2, MaskResize.Any));
    }

    [Fact]
    public void Worked_shares()
    {
        // 4 x 4 to 2 x 2: a quarter, a half, all, none of 255.
        byte[] mask =
        [
            9, 0, 9, 9,
            0, 0, 0, 0,
            9, 9, 0, 0,
            9, 9, 0, 0,
        ];
        Assert.Equal([64, 128, 255, 0], Resize(mask, 4, 2, MaskResize.Area));
        // 3 x 3 to 2 x 2: of a cell of 2.25 the middle pixel is a quarter pixel, a corner a whole one.
        Assert.Equal([28, 28, 28, 28], Resize([0, 0, 0, 0, 1, 0, 0, 0, 0], 3, 2, MaskResize.Area));
        Assert.Equal([0, 0, 0, 113], Resize([0, 0, 0, 0, 0, 0, 0, 0, 1], 3, 2, MaskResize.Area));
        // Enlarged: cells inside a pixel are all or nothing, those across its edge a part.
        Assert.Equal(
            [255, 255, 0, 0, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255],
            Resize([7, 0, 0, 7], 2, 4, MaskResize.Area));
        Assert.Equal([255, 128, 0, 128, 128, 128, 0, 128, 255], Resize([7, 0, 0, 7], 2, 3, MaskResize.Area));
        Assert.Equal([255, 0, 0, 255], Resize([7, 0, 0, 7], 2, 2, MaskResize.Area));
        // 4 x 2 to 3 x 1: columns of 4/3 pixels.
        var target = new byte[3];
        MaskShrinker.Resize([1, 0, 0, 1, 1, 0, 0, 0], 4, 2, target, 3, 1, MaskResize.Area);
        Assert.Equal([191, 0, 96], target);
    }

    // However a mask is cut into cells, no area is lost: but for the rounding of each cell.
    [Fact]
    public void Shares_add_up_to_the_masks_area()
    {
        Prop.ForAll(
            Gen.Choose(1, 40).Four().SelectMany(
                size => Gen.Choose(0, int.MaxValue), (size, seed) => (size, seed)).ToArbitrary(),
            value =>
            {
                var ((width, height, targetWidth, targetHeight), seed) = value;
                var random = new Random(seed);
                var mask = Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(2)).ToArray();
                var target = new byte[targetWidth * targetHeight];
                MaskShrinker.Resize(mask, width, height, target, targetWidth, targetHeight, MaskResize.Area);
                var share = target.Sum(level => level / 255.0) / target.Length;
                return Math.Abs(share - mask.Average(level => (double)level)) <= 0.5 / 255 + 1e-9;
            }).QuickCheckThrowOnFailure();
    }

    private static byte[] Resize(byte[] mask, int from, int to, MaskResize rule)
    {
        var target = new byte[to * to];
        MaskShrinker.Resize(mask, from, from, target, to, to, rule);
        return target;
    }

    private static byte[] Shrink(int from, int to, MaskResize rule, Func<int, int, bool> isIn)
    {
        var mask = new byte[from * from];
        for (var y = 0; y < from; y++)
            for (var x = 0; x < from; x++)
                mask[(y * from) + x] = isIn(x, y) ? (byte)255 : (byte)0;
        return Resize(mask, from, to, rule);
    }

    private static int CountOf(byte[] mask) => mask.Count(value => value == 1);

    // Every pixel can be reached from the first one by neighbours, corners included.
    private static bool IsOneLine(byte[] mask, int size)
    {
        var start = Array.IndexOf(mask, (byte)1);
        var seen = new HashSet<int> { start };
        var open = new Stack<int>([start]);
        while (open.TryPop(out var place))
        {
            var (x, y) = (place % size, place / size);
            for (var ny = Math.Max(0, y - 1); ny <= Math.Min(size - 1, y + 1); ny++)
            {
                for (var nx = Math.Max(0, x - 1); nx <= Math.Min(size - 1, x + 1); nx++)
                {
                    if (mask[(ny * size) + nx] == 1 && seen.Add((ny * size) + nx))
                        open.Push((ny * size) + nx);
                }
            }
        }
        return start >= 0 && seen.Count == CountOf(mask);
    }
}

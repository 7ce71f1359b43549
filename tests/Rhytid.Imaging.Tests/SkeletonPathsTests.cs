namespace Rhytid.Imaging.Tests;

public sealed class SkeletonPathsTests
{
    [Fact]
    public void No_pixels_make_no_path_and_one_makes_one()
    {
        Assert.Empty(SkeletonPaths.Trace([]));
        Assert.Equal([(4, 2)], Assert.Single(SkeletonPaths.Trace([(4, 2)])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_line_is_one_path_from_end_to_end_whatever_the_order(int seed)
    {
        (int X, int Y)[] line = [.. Enumerable.Range(0, 20).Select(x => (x, x / 3))];
        var mixed = line.ToArray();
        new Random(seed).Shuffle(mixed);

        var path = Assert.Single(SkeletonPaths.Trace(mixed));

        Assert.Equal(line, path[0] == line[0] ? path : path.Reverse());
    }

    // The stem touches the bar at three pixels; from the bar's end the way over the corner is the shortest.
    [Fact]
    public void A_branch_begins_with_the_pixel_of_the_line_that_it_leaves()
    {
        (int X, int Y)[] bar = [.. Enumerable.Range(0, 9).Select(x => (x, 0))];
        (int X, int Y)[] stem = [(4, 1), (4, 2), (4, 3)];

        var paths = SkeletonPaths.Trace([.. bar, .. stem]);

        Assert.Equal(2, paths.Count);
        Assert.Equal(bar, paths[0].Order());
        Assert.Contains(paths[1][0], new[] { (3, 0), (5, 0) });
        Assert.Equal(stem, paths[1].Skip(1));
    }

    // Arms of 4 diagonal steps (5.66) and of 6 and 6 straight ones: 11.66 beats 10 + sqrt(2) from arm to arm.
    [Fact]
    public void Steps_over_corners_count_by_their_length()
    {
        var arms = Enumerable.Range(1, 6);
        (int, int)[] pixels =
        [
            (0, 0), .. arms.Take(4).Select(i => (i, i)), .. arms.Select(i => (-i, 0)), .. arms.Select(i => (0, -i)),
        ];

        var longest = SkeletonPaths.Trace(pixels)[0];

        Assert.Contains((4, 4), longest);
        Assert.Contains((0, 0), longest);
        Assert.Equal(11, longest.Count);
    }

    [Fact]
    public void Branches_come_by_length_and_hold_every_pixel_once()
    {
        var bar = Enumerable.Range(0, 30).Select(x => (x, 10));
        var shorter = Enumerable.Range(1, 3).Select(i => (8, 10 - i));
        var longer = Enumerable.Range(1, 6).Select(i => (20, 10 + i));
        (int, int)[] pixels = [.. bar, .. shorter, .. longer];

        var paths = SkeletonPaths.Trace(pixels);

        Assert.Equal([30, 7, 4], paths.Select(path => path.Count));
        Assert.Equal(pixels.Order(), paths.SelectMany((path, i) => path.Skip(i == 0 ? 0 : 1)).Order());
    }
}

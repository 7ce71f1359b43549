using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class CenterLinePathsTests
{
    [Fact]
    public void Every_line_gives_its_longest_path_in_the_order_of_its_label()
    {
        var centers = new Mask(40, 30);
        for (var x = 5; x < 35; x++)
            centers[x, 4] = true;
        for (var y = 5; y < 9; y++)
            centers[20, y] = true;
        for (var y = 14; y < 26; y++)
            centers[y, y] = true;

        var paths = CenterLinePaths.Longest(centers).ToList();

        Assert.Equal([30, 12], paths.Select(path => path.Count));
        Assert.Equal(Enumerable.Range(5, 30).Select(x => (x, 4)), paths[0].Order());
        Assert.Equal(Enumerable.Range(14, 12).Select(i => (i, i)), paths[1].Order());
        Assert.All(paths[1].Zip(paths[1].Skip(1)), step => Assert.Equal(1, Math.Abs(step.Second.X - step.First.X)));
    }

    [Fact]
    public void No_line_gives_no_path() => Assert.Empty(CenterLinePaths.Longest(new Mask(5, 5)));
}

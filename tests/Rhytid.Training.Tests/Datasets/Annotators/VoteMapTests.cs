using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;

namespace Rhytid.Training.Tests.Datasets.Annotators;

public sealed class VoteMapTests
{
    // Three annotators, of whom the second did not draw the photo.
    [Fact]
    public void Pixels_are_counted_by_who_marked_them()
    {
        var map = new VoteMap([Of(1, 1, 0, 0), null, Of(1, 0, 0, 1)]);

        var counts = map.Count().Counts;
        var inside = map.Count(Of(1, 1, 1, 0)).Counts;

        Assert.Equal((1, 1, 1, 1), (counts[new(5, 5)], counts[new(5, 1)], counts[new(5, 4)], counts[new(5, 0)]));
        Assert.Equal((2, 1), (new VotePattern(5, 5).PresentCount, new VotePattern(5, 4).VoteCount));
        Assert.False(inside.ContainsKey(new(5, 4)));
        Assert.Equal([Mask.Set, Mask.Set, 0, Mask.Set], map.Union().Samples.ToArray());
        Assert.Equal([2, 1, 0, 1], map.Paint(pattern => (byte)pattern.VoteCount).Samples.ToArray());
    }

    private static Mask Of(params int[] marked)
    {
        var mask = new Mask(marked.Length, 1);
        for (var i = 0; i < marked.Length; i++)
            mask.Samples[i] = marked[i] == 0 ? (byte)0 : Mask.Set;
        return mask;
    }
}

using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class ChannelTests
{
    // Two channels of one name in a pack would be one.
    [Fact]
    public void Every_channel_has_a_row_and_a_name_of_its_own()
    {
        var rows = Channels.All.Select(channel => channel.Info()).ToList();

        Assert.Equal(rows.Count, rows.Select(row => row.PackName).Distinct().Count());
        Assert.Equal(rows.Count, rows.Select(row => row.Name).Distinct().Count());
        Assert.Equal([3, 1, 1, 1, 1, 1], rows.Select(row => row.Planes));
        Assert.Equal([Channel.Photo], Channels.All.Where(channel => channel.Info().IsRequired));
    }

    [Fact]
    public void A_channel_without_a_row_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ((Channel)99).Info());

        Assert.Contains("99 has no rule here", error.Message, StringComparison.Ordinal);
    }
}

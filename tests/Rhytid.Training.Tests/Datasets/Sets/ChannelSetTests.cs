using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class ChannelSetTests
{
    [Fact]
    public void Maps_come_in_the_order_of_a_pack_and_may_be_missing()
    {
        var set = new ChannelSet<string>().With(Channel.Texture, "t").With(Channel.Photo, "p").With(Channel.Skin, "s");

        var changed = set.With(Channel.Skin, null).With(Channel.Photo, "q");

        Assert.Equal([Channel.Photo, Channel.Skin, Channel.Texture], set.Select(map => map.Key));
        Assert.Equal(["q", "t"], changed.Select(map => map.Value));
        Assert.False(changed.Contains(Channel.Skin));
        Assert.False(changed.TryGet(Channel.Labels, out _));
        Assert.Throws<KeyNotFoundException>(() => changed[Channel.Labels]);
        Assert.Equal("s", set[Channel.Skin]);
        Assert.Equal(["q photos", "t texture maps"], changed.Map(Title).Select(map => map.Value));
        Assert.Equal(set, changed.With(Channel.Photo, "p").With(Channel.Skin, "s"));
        Assert.NotEqual(set, changed);
    }

    private static string Title(Channel channel, string map) => $"{map} {channel.Info().Plural}";
}

using Rhytid.Torch;
using Rhytid.Training.Batches;
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

    // Two channels of one name in a pack would be one.
    [Fact]
    public void Every_channel_has_a_name_of_its_own() =>
        Assert.Equal(Channels.All.Count, Channels.All.Select(channel => channel.PackName()).Distinct().Count());

    [Fact]
    public void A_batch_is_of_one_size()
    {
        using var scope = TensorScope.Begin();
        var maps = new ChannelSet<Tensor>()
            .With(Channel.Photo, Tensor.Zeros([2, 3, 4, 5]))
            .With(Channel.Labels, Tensor.Zeros([2, 1, 4, 4]));

        var error = Assert.Throws<ArgumentException>(() => new ValidationBatch { Ids = ["a", "b"], Maps = maps });

        Assert.Contains(
            "the parsing labels are Float32 (2, 1, 4, 4); expected (2, 1, 4, 5)", error.Message,
            StringComparison.Ordinal);
    }

    private static string Title(Channel channel, string map) => $"{map} {channel.Plural()}";
}

using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Batches;

public sealed class WrinkleBatchTests
{
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

    [Fact]
    public void A_channel_that_is_set_to_null_is_left_out()
    {
        using var scope = TensorScope.Begin();
        var batch = new TrainingBatch
        {
            Ids = ["a"],
            [Channel.Photo] = Tensor.Zeros([1, 3, 4, 5]),
            [Channel.Skin] = Tensor.Zeros([1, 1, 4, 5]),
            [Channel.Texture] = null,
        };

        Assert.Equal([Channel.Photo, Channel.Skin], batch.Maps.Select(map => map.Key));
        Assert.Null(batch[Channel.Texture]);
        Assert.Null(batch.With(Channel.Skin, null)[Channel.Skin]);
        Assert.NotNull(batch[Channel.Skin]);
    }
}

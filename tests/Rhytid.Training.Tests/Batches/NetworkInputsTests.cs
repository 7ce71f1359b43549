using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Batches;

public sealed class NetworkInputsTests
{
    // By hand: Moon's scaling is v / 255 * 2 - 1, black where there is no skin; the texture is the fourth channel.
    [Fact]
    public void Moons_four_channels()
    {
        using var scope = TensorScope.Begin();
        var photo = Tensor.From([0f, 51, 102, 255, 10, 20, 30, 40, 50, 60, 70, 80], 1, 3, 2, 2);
        var batch = new ValidationBatch
        {
            Ids = ["a"],
            [Channel.Photo] = photo,
            [Channel.Texture] = Tensor.From([255f, 0, 0, 51], 1, 1, 2, 2),
            [Channel.Skin] = Tensor.From([1f, 1, 1, 0], 1, 1, 2, 2)
        };

        var input = NetworkInputs.Make(batch, Preprocessing.Moon(4, masked: true));

        float[] expected =
        [
            .. new float[] { 0, 51, 102, 0, 10, 20, 30, 0, 50, 60, 70, 0, 255, 0, 0, 51 }.Select(
                value => (value / 255 * 2) - 1)
        ];
        Assert.Equal(expected, input.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using var scope = TensorScope.Begin();
        var batch = new ValidationBatch { Ids = ["a"], [Channel.Photo] = Tensor.Zeros([1, 3, 2, 2]) };

        Assert.Contains(
            "skin masks",
            Assert.Throws<DatasetException>(() => NetworkInputs.Make(batch, Preprocessing.ImageNet)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "texture map",
            Assert.Throws<DatasetException>(
                () => NetworkInputs.Make(batch, Preprocessing.Moon(4, masked: false))).Message,
            StringComparison.Ordinal);
    }
}

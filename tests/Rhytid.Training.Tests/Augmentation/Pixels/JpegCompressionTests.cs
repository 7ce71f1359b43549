using System.Drawing;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class JpegCompressionTests
{
    // libjpeg rounds to whole levels before the transform, behind it and at the end, which this does not; the bounds
    // are a twentieth above what was measured. Blocks at the picture's edge are filled up.
    [Theory]
    [InlineData(10, 0.67, 0.086)]
    [InlineData(30, 0.84, 0.185)]
    [InlineData(60, 1.03, 0.29)]
    [InlineData(95, 1.03, 0.51)]
    public void Jpeg_leaves_what_a_real_encoder_leaves(int quality, double most, double share)
    {
        using var scope = TensorScope.Begin();
        var original = Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"))
            .Crop(new Rectangle(340, 400, 104, 72));
        var expected = Planes(Image.Load(GoldenFolder.PathOf("augmentation", $"jpeg-{quality}.png")));

        var result = JpegCompression.Compress(Planes(original), quality);

        var (fromEncoder, fromOriginal) =
            (MeanDifference(expected, result), MeanDifference(expected, Planes(original)));
        Assert.True(
            fromEncoder < Math.Min(most, share * fromOriginal),
            $"{fromEncoder:0.00} levels from the encoder's result, which is {fromOriginal:0.00} from the original");
    }

    // A block of one level has a mean alone, in steps of an eighth of the table's first entry; 128 is a whole number of
    // them.
    [Theory]
    [InlineData(30, 200, 198.875)] // 8 * 72 / 27 = 21.33, 21 * 27 / 8 = 70.875
    [InlineData(30, 128, 128)]
    [InlineData(90, 200, 200)]     // 8 * 72 / 3 = 192
    [InlineData(50, 0, 0)]         // 8 * -128 / 16 = -64
    [InlineData(10, 255, 255)]     // 8 * 127 / 80 = 12.7, 13 * 80 / 8 = 130, and 258 is cut off
    [InlineData(10, 240, 238)]     // 8 * 112 / 80 = 11.2, 11 * 80 / 8 = 110
    public void Jpeg_of_one_gray_level_is_the_nearest_level_that_it_knows(int quality, float level, double expected)
    {
        using var scope = TensorScope.Begin();
        var result = JpegCompression.Compress(Tensor.Full([1, 3, 21, 34], level), quality);

        Assert.Equal([1, 3, 21, 34], result.Shape);
        Assert.All(result.ToArray<float>(), value => Assert.Equal(expected, value, 2e-3));
    }

    [Fact]
    public void Jpeg_draws_its_quality_between_its_bounds()
    {
        using var scope = TensorScope.Begin();
        var photo =
            Planes(Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"))
                .Crop(new Rectangle(340, 400, 32, 32)));
        for (var seed = 0UL; seed < 5; seed++)
        {
            var (random, again) = (new SeededRandom(seed, 1), new SeededRandom(seed, 1));

            var result = new JpegCompression { MinQuality = 40, MaxQuality = 43 }.Apply(photo, ref random);

            var quality = 40 + again.Below(4);
            Assert.Equal(JpegCompression.Compress(photo, quality).ToArray<float>(), result.ToArray<float>());
        }
    }

    private static double MeanDifference(Tensor a, Tensor b) => (a - b).Abs().Mean().ToDouble();

    private static Tensor Planes(Image image)
    {
        var area = image.Width * image.Height;
        var planes = new float[3 * area];
        for (var i = 0; i < planes.Length; i++)
            planes[(i % 3 * area) + (i / 3)] = image.Samples[i];
        return Tensor.From(planes, 1, 3, image.Height, image.Width);
    }
}

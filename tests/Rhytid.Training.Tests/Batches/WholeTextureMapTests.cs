using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Segmentation.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Batches;

/// <summary>Training and inference make the same input of the same pixels.</summary>
public sealed class WholeTextureMapTests
{
    private static readonly Preprocessing Whole = Preprocessing.Moon(4, masked: false) with
    {
        Size = 1024,
        WholeTexture = true
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_map_is_inferences_to_the_byte(bool masked)
    {
        using var scope = TensorScope.Begin();
        var portrait = Portrait();
        var skin = new Mask(portrait.Width, portrait.Height);
        for (var y = 200; y < 800; y++)
            skin.Row(y)[300..700].Fill(Mask.Set);
        var preprocessing = Whole with { Masked = masked };

        var map = WholeTextureMap.Compute(Planes(portrait)).ToArray<float>();
        var expected = NetworkInput.Make(FaceImage.FromAligned(portrait), skin, preprocessing);
        var made = NetworkInputs.Make(
            new ValidationBatch
            {
                Ids = ["a"],
                [Channel.Photo] = Planes(portrait),
                [Channel.Skin] = Tensor.From(
                    skin.Samples.ToArray().Select(value => value == 0 ? 0f : 1).ToArray(), 1, 1, skin.Height,
                    skin.Width)
            }, preprocessing);

        Assert.Equal(Texture(expected).Select(Level), map);
        Assert.Equal(
            expected.Pixels.Select(Level), made.Permute(0, 2, 3, 1).Contiguous().ToArray<float>().Select(Level));
        Assert.True(map.Distinct().Count() > 20);
    }

    private static float[] Texture(NetworkImage image) =>
        [.. image.Pixels.Where((_, i) => i % image.Channels == 3)];

    [Fact]
    public void Only_the_whole_photos_map_is_there_outside_the_skin()
    {
        using var scope = TensorScope.Begin();
        var portrait = Portrait();
        var (skin, face) = (new Mask(portrait.Width, portrait.Height), FaceImage.FromAligned(portrait));

        var whole = Texture(NetworkInput.Make(face, skin, Whole));
        var inside = Texture(NetworkInput.Make(face, skin, Whole with { WholeTexture = false }));

        Assert.All(inside, value => Assert.Equal(-1, value));
        Assert.True(whole.Count(value => value > -1) > 1000);
    }

    // Augmented levels are no whole numbers, and may leave 0..255; each photo of a batch has its own map.
    [Fact]
    public void Levels_are_rounded_first_and_photos_do_not_touch()
    {
        using var scope = TensorScope.Begin();
        var portrait = Planes(Portrait().Resize(96, 96));
        var other = portrait.Flip(3);
        var jitter = Tensor.From(
            Enumerable.Range(0, 3 * 96 * 96).Select(i => ((i * 7 % 19) - 9) * 0.05f).ToArray(), 1, 3, 96, 96);

        var together = WholeTextureMap.Compute(Tensor.Cat([portrait + jitter, other], 0));

        Assert.Equal(WholeTextureMap.Compute(portrait).ToArray<float>(), together.Narrow(0, 0, 1).ToArray<float>());
        Assert.Equal(WholeTextureMap.Compute(other).ToArray<float>(), together.Narrow(0, 1, 1).ToArray<float>());
        Assert.Equal(
            WholeTextureMap.Compute(portrait).ToArray<float>(),
            WholeTextureMap.Compute(portrait.To(DType.UInt8)).ToArray<float>());
        Assert.Equal(
            WholeTextureMap.Compute((portrait * 3 - 255).Clamp(0, 255)).ToArray<float>(),
            WholeTextureMap.Compute(portrait * 3 - 255).ToArray<float>());
    }

    private static float Level(float value) => MathF.Round((value + 1) * 127.5f);

    private static Image Portrait() => Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"));

    private static Tensor Planes(Image image)
    {
        var area = image.Width * image.Height;
        var planes = new float[3 * area];
        for (var i = 0; i < planes.Length; i++)
            planes[(i % 3 * area) + (i / 3)] = image.Samples[i];
        return Tensor.From(planes, 1, 3, image.Height, image.Width);
    }
}

using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>Small batches in which everything shows where it came from.</summary>
internal static class TestBatches
{
    /// <summary>
    /// Photos and textures of noise; masks of three lines, 3 pixels wide; scored regions without the left quarter.
    /// </summary>
    public static TrainingBatch Of(int height, int width, params string[] ids)
    {
        var random = new Random(7);
        var mask = new float[height * width];
        var scored = new float[height * width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                mask[(y * width) + x] = Math.Abs(y - (height / 3)) <= 1
                    || Math.Abs(x - (width / 2)) <= 1
                    || Math.Abs(x - y) <= 1 ? 1 : 0;
                scored[(y * width) + x] = x >= width / 4 ? 1 : 0;
            }
        }
        var photo = new float[ids.Length * 3 * height * width];
        var texture = new float[ids.Length * height * width];
        for (var i = 0; i < photo.Length; i++)
            photo[i] = random.Next(256);
        for (var i = 0; i < texture.Length; i++)
            texture[i] = random.Next(256);
        return new TrainingBatch
        {
            Ids = ids,
            [Channel.Photo] = Tensor.From(photo, ids.Length, 3, height, width),
            [Channel.Texture] = Tensor.From(texture, ids.Length, 1, height, width),
            [Channel.Wrinkles] = Tensor.Cat([.. ids.Select(_ => Tensor.From(mask, 1, 1, height, width))], 0),
            [Channel.ScoredRegion] = Tensor.Cat([.. ids.Select(_ => Tensor.From(scored, 1, 1, height, width))], 0),
        };
    }

    public static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => $"{i:00000}")];

    public static AugmentationPipeline Only(GeometricOperation operation) =>
        new() { Name = "one", Geometry = [operation] };

    public static void AssertSame(TrainingBatch expected, TrainingBatch actual)
    {
        Assert.Equal(expected.Maps.Select(map => map.Key), actual.Maps.Select(map => map.Key));
        foreach (var (channel, map) in expected.Maps)
            Assert.Equal(map.ToArray<float>(), actual.Maps[channel].ToArray<float>());
    }

    public static TrainingBatch Row(TrainingBatch batch, int row) => new()
    {
        Ids = [batch.Ids[row]],
        Maps = batch.Maps.Map((_, map) => map.Narrow(0, row, 1)),
    };
}

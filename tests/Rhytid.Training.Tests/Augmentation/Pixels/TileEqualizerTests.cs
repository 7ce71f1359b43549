using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.PixelCases;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class TileEqualizerTests
{
    [Fact]
    public void Clahe_of_a_plane_is_opencvs_to_the_byte()
    {
        foreach (var golden in Cases("clahe"))
        {
            var (width, height) = Size(golden);
            var plane = Picture(golden.GetProperty("name").GetString()!, width, height);

            TileEqualizer.Equalize(
                plane, width, height, golden.GetProperty("tiles").GetInt32(), golden.GetProperty("clip").GetDouble());

            Assert.Equal(golden.GetProperty("values").Longs(), plane.Select(level => (long)level));
        }
    }
}

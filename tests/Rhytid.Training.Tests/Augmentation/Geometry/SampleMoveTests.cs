using System.Drawing;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.GridCases;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class SampleMoveTests
{
    // What a pixel of the picture is found at comes from there.
    [Fact]
    public void Pixels_are_found_in_the_result()
    {
        var pipeline = AugmentationPresets.Named("moon");
        var (found, lost) = (0, 0);
        for (var sample = 0; sample < 40; sample++)
        {
            var move = SampleMove.Draw(pipeline.Geometry, new AugmentationSeed(1, 0, $"{sample}"), new Size2(90, 100));
            foreach (var source in new[] { new Point(50, 45), new Point(0, 0), new Point(99, 12), new Point(20, 70) })
            {
                if (move.Find(source) is not { } place)
                {
                    lost++;
                    continue;
                }
                found++;
                var grid = move.Grid(new Rectangle(place, new Size(1, 1)));
                Assert.InRange(grid.X(place.Y)[0] - source.X, -2, 2);
                Assert.InRange(grid.Y(place.Y)[0] - source.Y, -2, 2);
            }
        }
        Assert.InRange(lost, 1, found / 2);
    }
}

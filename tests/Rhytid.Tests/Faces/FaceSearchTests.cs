using System.Drawing;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Image = Rhytid.Imaging.Image;

namespace Rhytid.Tests.Faces;

/// <summary>
/// The search with a network that sees what a test says: coloured squares, each with the score of its red level.
/// </summary>
public class FaceSearchTests
{
    [Fact]
    public void A_small_face_in_the_hair_of_a_large_one_never_wins()
    {
        var photo = new Image(1000, 1000);
        Paint(photo, new Rectangle(200, 250, 590, 590), score: 0.82f);
        Paint(photo, new Rectangle(460, 262, 64, 64), score: 0.94f);

        var face = Assert.Single(new FaceSearch(See).Find(photo, most: 5));

        Assert.InRange(face.Box.Width, 560, 620);
    }

    [Fact]
    public void Beside_a_certain_face_a_doubtful_one_does_not_count()
    {
        var photo = new Image(1000, 1000);
        Paint(photo, new Rectangle(40, 100, 500, 500), score: 0.72f);
        Paint(photo, new Rectangle(640, 300, 200, 200), score: 0.95f);

        var face = Assert.Single(new FaceSearch(See).Find(photo, most: 5));

        Assert.InRange(face.Box.Width, 185, 215);
    }

    [Fact]
    public void Faces_come_by_size_and_only_as_many_as_are_wanted()
    {
        var photo = new Image(1000, 800);
        Paint(photo, new Rectangle(60, 100, 200, 200), score: 0.95f);
        Paint(photo, new Rectangle(500, 300, 300, 300), score: 0.94f);
        var search = new FaceSearch(See);

        Assert.Equal(
            [300, 200], search.Find(photo, most: 5).Select(face => 10 * (int)MathF.Round(face.Box.Width / 10)));
        Assert.InRange(Assert.Single(search.Find(photo, most: 1)).Box.Width, 290, 310);
    }

    [Fact]
    public void A_face_that_nobody_could_measure_is_none()
    {
        var photo = new Image(320, 320);
        Paint(photo, new Rectangle(100, 100, 9, 9), score: 0.95f);

        Assert.Empty(new FaceSearch(See).Find(photo, most: 1));
    }

    private static void Paint(Image photo, Rectangle square, float score)
    {
        for (var y = square.Top; y < square.Bottom; y++)
            for (var x = square.Left; x < square.Right; x++)
                photo.Row(y)[3 * x] = (byte)(100 * score);
    }

    // One candidate for each red level: the extent of its pixels, eyes and mouth at the usual places, upright.
    private static IEnumerable<DetectedFace> See(Image picture, float minScore)
    {
        var extents = new Dictionary<byte, (Rectangle Box, int Pixels)>();
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var level = picture.Row(y)[3 * x];
                if (level >= 50)
                    extents[level] = extents.TryGetValue(level, out var known)
                        ? (Rectangle.Union(known.Box, new(x, y, 1, 1)), known.Pixels + 1)
                        : (new(x, y, 1, 1), 1);
            }
        }
        foreach (var (level, (box, pixels)) in extents)
        {
            // Colours between two squares come from interpolation: thin lines, no squares.
            var isSquare = box.Width < 1.3f * box.Height
                && box.Height < 1.3f * box.Width
                && pixels > 0.7f * box.Width * box.Height;
            if (isSquare && level / 100f >= minScore)
                yield return new DetectedFace(box, FaceProportions.FromBox(box), level / 100f);
        }
    }
}

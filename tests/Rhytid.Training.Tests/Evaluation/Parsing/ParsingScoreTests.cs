using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Parsing;

namespace Rhytid.Training.Tests.Evaluation.Parsing;

public sealed class ParsingScoreTests
{
    // Skin (1) is labelled four times, found three times, both twice; nose (10) twice, twice, once.
    [Fact]
    public void Pixels_are_counted_by_hand()
    {
        var score = new ParsingScore();

        score.Add(Plane(1, 1, 10, 0, 1, 10), Plane(1, 1, 1, 1, 10, 10));

        Assert.Equal(["background", "skin", "nose"], score.Parts.Select(part => part.Name));
        var (skin, nose) = (score.Parts.ElementAt(1), score.Parts.ElementAt(2));
        Assert.Equal((4L, 3L, 2L), (skin.Labelled, skin.Found, skin.Both));
        Assert.Equal(4.0 / 7, skin.F1, 1e-12);
        Assert.Equal(2.0 / 5, skin.Iou, 1e-12);
        Assert.Equal(0.5, nose.F1, 1e-12);
        // Background is in no label, so it is in no mean.
        Assert.Equal(((4.0 / 7) + 0.5) / 2, score.MeanF1, 1e-12);
    }

    [Fact]
    public void Labels_that_only_tell_face_from_the_rest_count_for_the_face_alone()
    {
        var score = new ParsingScore();

        // An eye, hair, skin on a mask, background.
        score.Add(
            Plane(4, 17, 1, 0),
            Plane(FaceLabels.SomeFacePart, FaceLabels.SomeFacePart, FaceLabels.NoFacePart, FaceLabels.NoFacePart));

        Assert.Empty(score.Parts);
        Assert.Equal((2L, 2L, 1L), (score.Face.Labelled, score.Face.Found, score.Face.Both));
        Assert.Equal(1.0 / 3, score.Face.Iou, 1e-12);
    }

    private static Plane<byte> Plane(params byte[] values) => Plane<byte>.FromPixels(values, values.Length, 1);
}

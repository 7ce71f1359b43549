using Rhytid.Imaging;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Tests.Datasets.Annotators;

namespace Rhytid.Training.Tests.Evaluation;

public class ErrorOverlayTests
{
    [Fact]
    public void Found_false_and_missed_pixels_have_their_colours_and_the_rest_is_the_photo()
    {
        var photo = new Image(5, 1);
        photo.Samples.Fill(100);

        var overlay = ErrorOverlay.Draw(photo, Masks.Of("11001"), Masks.Of("10101"), Masks.Of("11110"));

        Rgb At(int x) => new(overlay.Samples[3 * x], overlay.Samples[(3 * x) + 1], overlay.Samples[(3 * x) + 2]);
        Rgb Over(Rgb color) => new(Mix(color.Red), Mix(color.Green), Mix(color.Blue));
        byte Mix(byte over) => (byte)MathF.Round((100 * 0.15f) + (over * 0.85f));
        Assert.Equal(
            [Over(ErrorOverlay.Found), Over(ErrorOverlay.False), Over(ErrorOverlay.Missed), new Rgb(
                100, 100, 100), new Rgb(100, 100, 100)],
            Enumerable.Range(0, 5).Select(At));
        Assert.Equal(100, photo.Samples[0]);
    }

    [Fact]
    public void Photos_of_another_size_or_none_will_do()
    {
        var mask = Masks.Of("10", "00");

        Assert.Equal(
            (2, 2), (ErrorOverlay.Draw(new Image(8, 8), mask, mask).Width, ErrorOverlay.Draw(null, mask, mask).Height));
    }
}

using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Faces.Skin;

public sealed class FileSkinMaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Mask _mask = new(40, 30);

    public FileSkinMaskTests()
    {
        _mask.FillEllipse(new(20, 15), new(12, 9));
        _mask.Save(_folder["skin.png"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_mask_of_the_faces_size_is_taken_as_it_is()
    {
        Assert.Equal(_mask.Samples, Find(40, 30).Samples);
    }

    [Fact]
    public void A_mask_of_another_size_and_the_same_shape_is_resized()
    {
        var found = Find(80, 60);

        Assert.Equal((80, 60), (found.Width, found.Height));
        Assert.True(found[40, 30]);
        Assert.False(found[2, 2]);
    }

    [Fact]
    public void A_mask_of_another_shape_is_refused_with_both_sizes()
    {
        var error = Assert.Throws<ImageException>(() => Find(60, 60));

        Assert.Contains("40 x 30", error.Message, StringComparison.Ordinal);
        Assert.Contains("60 x 60", error.Message, StringComparison.Ordinal);
    }

    private Mask Find(int width, int height) =>
        new FileSkinMask(_folder["skin.png"]).Find(FaceImage.FromAligned(new Image(width, height)));
}

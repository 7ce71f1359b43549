using Rhytid.Imaging.Detection;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Detection;

public sealed class CascadeClassifierTests
{
    [Fact]
    public void A_plain_picture_holds_no_face_and_a_wrong_scale_is_refused()
    {
        using var cascade = new CascadeClassifier(Cascades.Frontal);
        var plain = new Plane<byte>(64, 64);
        plain.Samples.Fill(127);

        Assert.Empty(cascade.Detect(plain));
        Assert.Throws<ImageException>(() => cascade.Detect(plain, scaleFactor: 1));
    }

    [Fact]
    public void A_file_that_is_missing_or_no_cascade_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["cascade.xml"], "<nothing/>");

        Assert.Equal(
            folder["missing.xml"],
            Assert.Throws<FileNotFoundException>(() => new CascadeClassifier(folder["missing.xml"])).FileName);
        Assert.Equal(
            $"{folder["cascade.xml"]}: not a cascade classifier file",
            Assert.Throws<ImageException>(() => new CascadeClassifier(folder["cascade.xml"])).Message);
    }

    [Fact]
    public void A_disposed_classifier_throws()
    {
        var path = Cascades.Frontal;
        var cascade = new CascadeClassifier(path);
        cascade.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cascade.Detect(new Plane<byte>(64, 64)));
    }
}

using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

public class ImageEncodingTests
{
    [Fact]
    public void Png_keeps_every_pixel()
    {
        using var folder = new TemporaryFolder();
        var image = ImageDecoderTests.Noise(33);

        image.Save(folder["ä b.png"]);

        Assert.Equal(image.Samples.ToArray(), Image.Load(folder["ä b.png"]).Samples.ToArray());
    }

    [Fact]
    public void Nothing_of_exif_is_written_again()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(
            folder["in.jpg"], MadeFiles.WithExif(new Image(16, 16).Encode(ImageFormat.Jpeg), 6, littleEndian: true));

        foreach (var name in new[] { "out.jpg", "out.png", "out.webp" })
        {
            Image.Load(folder["in.jpg"]).Save(folder[name]);
            var written = File.ReadAllBytes(folder[name]);
            Assert.Equal(-1, written.AsSpan().IndexOf("Exif"u8));
            Assert.Equal(-1, written.AsSpan().IndexOf("eXIf"u8));
        }
    }

    [Fact]
    public void A_failed_write_leaves_nothing_and_keeps_what_was_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["kept.txt"], "before");

        Assert.Throws<OutputException>(
            () => AtomicFile.WriteAll([(folder["kept.txt"], [1]), (folder["no/such/folder.txt"], [2])]));

        Assert.Equal("before", File.ReadAllText(folder["kept.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void An_unknown_extension_is_refused()
    {
        var error = Assert.Throws<ImageException>(() => new Image(2, 2).Save("x.tga"));
        Assert.Contains(".tga", error.Message, StringComparison.Ordinal);
    }
}

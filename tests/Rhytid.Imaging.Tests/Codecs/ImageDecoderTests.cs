using System.Diagnostics;
using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

public class ImageDecoderTests
{
    [Fact]
    public void Sixteen_bits_of_grey_are_kept_where_they_are_asked_for()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(
            folder["16.tiff"],
            MadeFiles.Tiff(
                3, 2, samples: 1, bits: 16, photometric: 1, sampleAt: (x, y, _) => 1000 * ((3 * y) + x) + 7));
        Plane<byte>.FromPixels([0, 1, 255, 128], 2, 2).Save(folder["8.png"]);

        Assert.Equal([7, 1007, 2007, 3007, 4007, 5007], ImageEncoding.LoadGray16(folder["16.tiff"]).Samples.ToArray());
        Assert.Equal([0, 257, 65535, 128 * 257], ImageEncoding.LoadGray16(folder["8.png"]).Samples.ToArray());
    }

    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    public void Bmp_pixels_arrive_as_rgb(int bits)
    {
        var image = Image.Decode(MadeFiles.Bmp(5, 4, bits));

        Assert.Equal((5, 4), (image.Width, image.Height));
        Assert.Equal([7, 2, 3], image.Row(2)[9..12].ToArray());
    }

    [Fact]
    public void Sixteen_bit_samples_become_eight()
    {
        var rows = new byte[2 * 2 * 3 * 2];
        (rows[0], rows[1]) = (0xAB, 0xAB);
        var image = Image.Decode(MadeFiles.Png(2, 2, 16, 2, rows));

        Assert.Equal(0xAB, image.Samples[0]);
    }

    [Fact]
    public void Sixteen_bit_grey_tiff_is_read()
    {
        var image =
            Image.Decode(
                MadeFiles.Tiff(4, 3, samples: 1, bits: 16, photometric: 1, sampleAt: (x, y, _) => 257 * (10 * x + y)));

        Assert.Equal([31, 31, 31], image.Row(1)[9..12].ToArray());
    }

    [Fact]
    public void Palette_png_is_expanded()
    {
        byte[] palette = [255, 0, 0, 0, 255, 0, 0, 0, 255];
        var image = Image.Decode(MadeFiles.Png(3, 1, 8, 3, [0, 1, 2], ("PLTE", palette)));

        Assert.Equal(palette, image.Samples.ToArray());
    }

    [Fact]
    public void Transparent_pixels_are_laid_over_white()
    {
        var image = Image.Decode(MadeFiles.Png(3, 1, 8, 6, [10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 128]));

        Assert.Equal([10, 20, 30, 255, 255, 255, 127, 127, 127], image.Samples.ToArray());
    }

    [Fact]
    public void Transparent_grey_is_laid_over_white_too() =>
        Assert.Equal([10, 10, 10, 255, 255, 255], Image.Decode(
            MadeFiles.Png(2, 1, 8, 4, [10, 255, 10, 0])).Samples.ToArray());

    [Fact]
    public void One_bit_masks_become_0_and_255()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["mask.png"], MadeFiles.Png(8, 1, 1, 0, [0b0101_0000]));

        Assert.Equal([0, 255, 0, 255, 0, 0, 0, 0], ImageEncoding.LoadGray(folder["mask.png"]).Samples.ToArray());
    }

    [Fact]
    public void Cmyk_tiff_is_read_as_the_colours_it_prints()
    {
        // Full cyan, no magenta, yellow or black: prints as cyan.
        var image =
            Image.Decode(
                MadeFiles.Tiff(4, 4, samples: 4, photometric: 5, sampleAt: (_, _, sample) => sample == 0 ? 255 : 0));

        Assert.Equal([0, 255, 255], image.Samples[..3].ToArray());
    }

    [Theory]
    [InlineData(1, "012 345")]
    [InlineData(2, "210 543")]
    [InlineData(3, "543 210")]
    [InlineData(4, "345 012")]
    [InlineData(5, "03 14 25")]
    [InlineData(6, "30 41 52")]
    [InlineData(7, "52 41 30")]
    [InlineData(8, "25 14 03")]
    public void Exif_orientation_is_applied(int orientation, string expected)
    {
        // Stored: 012 / 345, as grey levels 0, 40, 80 ...
        byte[] stored = [0, 40, 80, 120, 160, 200];
        var image =
            Image.Decode(MadeFiles.Png(3, 2, 8, 0, stored, ("eXIf", MadeFiles.Exif(orientation, littleEndian: false))));

        Assert.Equal(expected, Rows(image));
    }

    [Theory]
    [InlineData(1, "012 345")]
    [InlineData(3, "543 210")]
    [InlineData(6, "30 41 52")]
    [InlineData(8, "25 14 03")]
    public void Orientation_of_a_tiff_is_applied(int orientation, string expected)
    {
        var image =
            Image.Decode(
                MadeFiles.Tiff(
                    3, 2, samples: 1, photometric: 1, orientation: orientation,
                    sampleAt: (x, y, _) => 40 * (x + (3 * y))));

        Assert.Equal(expected, Rows(image));
    }

    [Fact]
    public void A_header_that_claims_too_many_pixels_is_refused_at_once_and_without_memory()
    {
        var file = MadeFiles.Png(50_000, 50_000, 8, 2, []);
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var error = Assert.Throws<ImageException>(() => Image.Decode(file));

        Assert.Contains("50000 x 50000", error.Message, StringComparison.Ordinal);
        Assert.True(watch.ElapsedMilliseconds < 1000);
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 10_000_000);
    }

    [Fact]
    public void The_pixel_limit_is_an_option()
    {
        var file = new Image(20, 20).Encode(ImageFormat.Png);

        Assert.Throws<ImageException>(() => Image.Decode(file, new ImageLoadOptions { MaxPixels = 399 }));
        Assert.Equal(20, Image.Decode(file, new ImageLoadOptions { MaxPixels = 400 }).Width);
    }

    [Fact]
    public void Damaged_pixels_are_refused()
    {
        var png = Noise(64).Encode(ImageFormat.Png);
        var webp = Noise(64).Encode(ImageFormat.WebP);

        Assert.Throws<ImageException>(() => Image.Decode(png.AsSpan(0, png.Length - 200)));
        Assert.Throws<ImageException>(() => Image.Decode(webp.AsSpan(0, webp.Length / 2)));
    }

    internal static Image Noise(int side)
    {
        var image = new Image(side, side);
        new Random(7).NextBytes(image.Samples);
        return image;
    }

    private static string Rows(Image image) => string.Join(' ', Enumerable.Range(0, image.Height).Select(y =>
    {
        var row = image.Row(y).ToArray();
        return string.Concat(Enumerable.Range(0, image.Width).Select(x => row[3 * x] / 40));
    }));
}

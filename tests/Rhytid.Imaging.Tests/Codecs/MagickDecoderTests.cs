using ImageMagick;
using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>
/// Kinds of photo that ImageMagick decodes. The files of tests/Golden/formats hold a drawn picture of a known formula.
/// </summary>
public sealed class MagickDecoderTests
{
    private const int Width = 96;
    private const int Height = 64;

    [Theory]
    [InlineData("picture.heic", ImageFormat.Heic)]
    [InlineData("picture.avif", ImageFormat.Avif)]
    [InlineData("picture.jxl", ImageFormat.JpegXl)]
    [InlineData("inks.jpg", ImageFormat.Jpeg)]
    public void Pixels_arrive_as_they_were_drawn(string name, ImageFormat format)
    {
        var file = Read(name);

        Assert.Equal(new ImageHeader(format, Width, Height, 1), ImageHeader.Read(file));
        AssertClose(Drawn(), Image.Decode(file), largest: 14, mean: 2);
    }

    [Fact]
    public void A_heic_turns_by_its_own_property()
    {
        var file = Read("turned.heic");

        Assert.Equal(1, ImageHeader.Read(file).Orientation);
        AssertClose(Turned(Drawn(), (x, y) => (Width - 1 - y, x)), Image.Decode(file), largest: 14, mean: 2);
    }

    [Fact]
    public void A_jpeg_xl_turns_by_its_codestream_and_once()
    {
        var file = Read("turned.jxl");

        Assert.Equal(new ImageHeader(ImageFormat.JpegXl, Width, Height, 6), ImageHeader.Read(file));
        AssertClose(Turned(Drawn(), (x, y) => (y, Height - 1 - x)), Image.Decode(file), largest: 14, mean: 2);
    }

    [Theory]
    [InlineData("picture.heic")]
    [InlineData("picture.avif")]
    [InlineData("picture.jxl")]
    [InlineData("turned.jxl")]
    [InlineData("inks.jpg")]
    public void Damaged_and_cut_off_files_are_refused_or_read_but_never_crash(string name)
    {
        var random = new Random(11);
        var whole = Read(name);
        for (var i = 0; i < 150; i++)
        {
            var file = whole.AsSpan(0, i % 3 == 0 ? random.Next(1, whole.Length) : whole.Length).ToArray();
            for (var hits = i % 3; hits > 0; hits--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                Image.Decode(file, new ImageLoadOptions { MaxPixels = 1_000_000 });
            }
            catch (ImageException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }
        }
    }

    [Theory]
    [InlineData("picture.heic")]
    [InlineData("picture.avif")]
    [InlineData("picture.jxl")]
    public void Half_a_file_is_refused(string name)
    {
        var file = Read(name);

        Assert.Throws<ImageException>(() => Image.Decode(file.AsSpan(0, file.Length * 3 / 4)));
    }

    [Fact]
    public void Half_a_tiff_is_refused()
    {
        var file = MadeFiles.Tiff(64, 64);

        Assert.Throws<ImageException>(() => Image.Decode(file.AsSpan(0, file.Length / 2)));
    }

    [Theory]
    [InlineData("picture.heic")]
    [InlineData("picture.avif")]
    [InlineData("picture.jxl")]
    public void Limits_hold_before_decoding_and_masks_are_no_colours(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[name], Read(name));

        var error = Assert.Throws<ImageException>(
            () => Image.Load(folder[name], new ImageLoadOptions { MaxPixels = (Width * Height) - 1 }));
        Assert.Contains("96 x 64", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "not the numbers", Assert.Throws<ImageException>(() => ImageEncoding.LoadMask(folder[name])).Message,
            StringComparison.Ordinal);
        Assert.Equal(Image.Load(folder[name]).ToGray().Samples.ToArray(),
            ImageEncoding.LoadGray(folder[name]).Samples.ToArray());
    }

    [Fact]
    public void A_copy_without_metadata_is_a_png()
    {
        var copy = PhotoCopy.WithoutMetadata(Read("turned.heic"));

        Assert.Equal(new ImageHeader(ImageFormat.Png, Height, Width, 1), ImageHeader.Read(copy));
        Assert.Equal(".png", PhotoCopy.ExtensionFor("photo.HEIC"));
    }

    [Fact]
    public void Nothing_but_the_listed_decoders_can_be_reached()
    {
        Image.Decode(Read("picture.heic"));

        foreach (var format in new[] { MagickFormat.Svg, MagickFormat.Mvg, MagickFormat.Msl, MagickFormat.Pdf })
            Assert.Throws<MagickPolicyErrorException>(
                () => new MagickImage("0 0 moveto"u8, new MagickReadSettings { Format = format }));
        foreach (var name in new[] { "https://localhost/a.png", "caption:@/etc/hostname", "msl:a.xml", "xc:red" })
            Assert.Throws<MagickPolicyErrorException>(() => new MagickImage(name));
        Assert.Throws<MagickPolicyErrorException>(
            () => new MagickImage(Drawn().Encode(ImageFormat.Png)).ToByteArray(MagickFormat.Png));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><image href='https://localhost/'/></svg>")]
    [InlineData("push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'https://localhost/'\npop graphic-context")]
    [InlineData("<?xml version='1.0'?><image><read filename='/etc/hostname'/></image>")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0")]
    [InlineData("https://localhost/photo.jpg")]
    public void Scripts_and_addresses_are_no_pictures_whatever_the_file_is_called(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["photo.jpg"], text);

        Assert.Contains(
            "not a picture", Assert.Throws<ImageException>(() => Image.Load(folder["photo.jpg"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("msl:photo.heic")]
    [InlineData("https:photo.jpg")]
    [InlineData("@photo.heic")]
    [InlineData("-write photo.heic")]
    [InlineData("photo.heic[0]")]
    [InlineData("|photo.heic")]
    [InlineData("photo.svg")]
    public void A_files_name_plays_no_part(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[name], Read("picture.heic"));

        Assert.Equal(Width, Image.Load(folder[name]).Width);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(GoldenFolder.PathOf("formats", name));

    // The formula of tests/Golden/make_formats.py.
    private static Image Drawn()
    {
        var image = new Image(Width, Height);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                image.Fill(
                    new(x, y, 1, 1),
                    new Rgb((byte)(40 + (2 * x)), (byte)(40 + (3 * y)), (byte)(x < Width / 2 ? 90 : 160)));
        return image;
    }

    private static Image Turned(Image image, Func<int, int, (int X, int Y)> source)
    {
        var turned = new Image(image.Height, image.Width);
        for (var y = 0; y < turned.Height; y++)
            for (var x = 0; x < turned.Width; x++)
            {
                var (fromX, fromY) = source(x, y);
                image.Row(fromY).Slice(3 * fromX, 3).CopyTo(turned.Row(y)[(3 * x)..]);
            }
        return turned;
    }

    private static void AssertClose(Image expected, Image actual, int largest, double mean)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var differences = expected.Samples.ToArray().Zip(actual.Samples.ToArray(), (a, b) => Math.Abs(a - b)).ToList();
        Assert.InRange(differences.Max(), 0, largest);
        Assert.InRange(differences.Average(), 0, mean);
    }
}

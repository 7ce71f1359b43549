namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>Copies carry the picture and nothing else.</summary>
public class PhotoCopyTests
{
    [Fact]
    public void A_file_that_has_nothing_to_lose_stays_as_it_is_byte_by_byte()
    {
        foreach (var format in new[] { ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.WebP })
        {
            var file = Picture().Encode(format);
            Assert.Equal(file, PhotoCopy.WithoutMetadata(file));
        }
        Assert.Equal(MadeFiles.Bmp(16, 16), PhotoCopy.WithoutMetadata(MadeFiles.Bmp(16, 16)));
    }

    [Fact]
    public void What_is_not_needed_to_show_a_picture_goes_from_any_kind()
    {
        var jpeg = Picture().Encode(ImageFormat.Jpeg);
        var rows = new byte[12];

        Assert.Equal(jpeg, PhotoCopy.WithoutMetadata(MadeFiles.WithExif(jpeg, orientation: 1, littleEndian: true)));
        Assert.Equal(
            MadeFiles.Png(4, 3, 8, 0, rows),
            PhotoCopy.WithoutMetadata(MadeFiles.Png(4, 3, 8, 0, rows, ("tEXt", "a place"u8.ToArray()))));
        var webp = Picture().Encode(ImageFormat.WebP);
        byte[] extended = [.. webp, .. "XMP "u8, 4, 0, 0, 0, 1, 2, 3, 4];
        Assert.Equal(webp, PhotoCopy.WithoutMetadata(extended));
    }

    [Fact]
    public void A_photo_that_lies_on_its_side_is_turned_because_nothing_says_so_any_more()
    {
        var file = MadeFiles.WithExif(Picture().Encode(ImageFormat.Jpeg), orientation: 6, littleEndian: true);

        var copy = PhotoCopy.WithoutMetadata(file);

        Assert.Equal(1, Rhytid.Imaging.Codecs.ImageHeader.Read(copy).Orientation);
        Assert.Equal(-1, copy.AsSpan().IndexOf("Exif"u8));
        var (upright, turned) = (Image.Decode(file), Image.Decode(copy));
        Assert.Equal((upright.Width, upright.Height), (turned.Width, turned.Height));
        var difference = upright.Samples.ToArray().Zip(turned.Samples.ToArray(), (a, b) => Math.Abs(a - b)).Average();
        Assert.True(difference < 4, $"{difference}");
    }

    [Fact]
    public void A_tiff_becomes_a_png_and_is_called_so()
    {
        var copy = PhotoCopy.WithoutMetadata(MadeFiles.Tiff(6, 5));

        Assert.Equal(ImageFormat.Png, Rhytid.Imaging.Codecs.ImageHeader.Read(copy).Format);
        Assert.Equal(".png", PhotoCopy.ExtensionFor("a/photo.TIFF"));
        Assert.Equal(".jpg", PhotoCopy.ExtensionFor("a/photo.JPG"));
    }

    [Fact]
    public void Damaged_files_are_refused_and_never_more_than_that()
    {
        var random = new Random(7);
        byte[][] seeds =
        [
            MadeFiles.WithExif(Picture().Encode(ImageFormat.Jpeg), 1, littleEndian: true),
            Picture().Encode(ImageFormat.Png), Picture().Encode(ImageFormat.WebP)
        ];
        for (var i = 0; i < 600; i++)
        {
            var file = (byte[])seeds[i % seeds.Length].Clone();
            for (var hits = 0; hits <= i % 4; hits++)
                file[random.Next(Math.Min(file.Length, 80))] = (byte)random.Next(256);
            Assert.Null(Record.Exception(() =>
            {
                try
                {
                    PhotoCopy.WithoutMetadata(file);
                }
                catch (ImageException)
                {
                }
            }));
        }
    }

    private static Image Picture()
    {
        var image = new Image(32, 24);
        for (var i = 0; i < image.Samples.Length; i++)
            image.Samples[i] = (byte)(40 + (i / 5 % 180));
        return image;
    }
}

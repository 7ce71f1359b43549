using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>Labels in TIFF and PNG keep their numbers; raw files give their full picture or none.</summary>
public sealed class TiffHeaderTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Labels_of_a_palette_are_its_entries_numbers(int bits)
    {
        int LabelAt(int x, int y) => ((5 * y) + (64 * x)) % (1 << bits);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(
            folder["labels.tif"],
            MadeFiles.Tiff(5, 2, samples: 1, bits: bits, photometric: 3, sampleAt: (x, y, _) => LabelAt(x, y)));

        var labels = ImageEncoding.LoadLabels(folder["labels.tif"]);

        for (var y = 0; y < 2; y++)
            for (var x = 0; x < 5; x++)
                Assert.Equal(LabelAt(x, y), labels[x, y]);
        Assert.Equal(5, Image.Load(folder["labels.tif"]).Width);
    }

    [Fact]
    public void Labels_of_16_bits_keep_their_small_numbers_and_masks_their_two()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(
            folder["labels.tif"],
            MadeFiles.Tiff(4, 1, samples: 1, bits: 16, photometric: 1, sampleAt: (x, _, _) => x == 3 ? 255 : x));
        File.WriteAllBytes(folder["labels.png"], MadeFiles.Png(3, 1, 16, 0, [0, 0, 0, 18, 0, 1]));
        File.WriteAllBytes(folder["mask.png"], MadeFiles.Png(3, 1, 16, 0, [0, 0, 255, 255, 0, 0]));

        Assert.Equal([0, 1, 2, 255], ImageEncoding.LoadLabels(folder["labels.tif"]).Samples.ToArray());
        Assert.Equal([0, 18, 1], ImageEncoding.LoadLabels(folder["labels.png"]).Samples.ToArray());
        Assert.Equal([0, 255, 0], ImageEncoding.LoadMask(folder["mask.png"]).Samples.ToArray());
    }

    [Fact]
    public void A_dng_gives_its_full_picture()
    {
        var file = MadeFiles.Dng(96, 64);

        Assert.Equal(new ImageHeader(ImageFormat.Dng, 96, 64, 1), ImageHeader.Read(file));
        var image = Image.Decode(file);

        Assert.Equal((96, 64), (image.Width, image.Height));
        var pixel = image.Row(32).Slice(3 * 48, 3).ToArray();
        Assert.InRange(pixel.Max() - pixel.Min(), 0, 3);
        Assert.InRange(pixel[0], 100, 255);
    }

    [Fact]
    public void A_raw_part_that_cannot_be_decoded_is_refused_with_the_way_out()
    {
        var error = Assert.Throws<ImageException>(() => Image.Decode(MadeFiles.Dng(96, 64, compression: 4242)));

        Assert.Contains("export it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_is_no_photo()
    {
        var error = Assert.Throws<ImageException>(() => Image.Decode(MadeFiles.Tiff(8, 8, subfileType: 1)));

        Assert.Contains("preview", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_of_16_bits_and_of_palettes_arrive_in_colour()
    {
        var deep = Image.Decode(MadeFiles.Tiff(2, 1, bits: 16, sampleAt: (x, _, sample) => 257 * ((100 * x) + sample)));
        var palette = Image.Decode(MadeFiles.Tiff(2, 1, samples: 1, photometric: 3, sampleAt: (x, _, _) => x));

        Assert.Equal([0, 1, 2, 100, 101, 102], deep.Samples.ToArray());
        // Entry 1: 12345 in red, and 256 entries further each in green and blue.
        Assert.Equal(
            new[] { 1, 257, 513 }.Select(i => (byte)Math.Round(i * 12345 % 65536 / 257.0)),
            palette.Row(0)[3..].ToArray());
    }
}

using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class PngLabelsTests
{
    private static readonly (string, byte[]) Loud = ("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255]);

    // The checksum of the header is compared with it: both files are the same byte by byte.
    [Theory]
    [InlineData(8, 1)]
    [InlineData(4, 17)]
    [InlineData(2, 85)]
    public void A_coloured_palette_is_handed_over_as_grey_numbers(int bits, int divisor)
    {
        byte[] row = [0, 1, 2, 0];

        var (file, by) = PngLabels.AsNumbers(
            MadeFiles.Png(4 * 8 / bits, 1, bits, 3, row, Loud, ("tRNS", [0]), ("iCCP", [1, 2])));

        Assert.Equal(MadeFiles.Png(4 * 8 / bits, 1, bits, 0, row), file);
        Assert.Equal(divisor, by);
    }

    [Theory]
    [InlineData(1, 255)]
    [InlineData(2, 85)]
    [InlineData(4, 17)]
    [InlineData(8, 1)]
    [InlineData(16, 1)]
    public void Grey_stays_and_is_divided_by_what_decoders_stretch_it(int bits, int divisor)
    {
        var file = MadeFiles.Png(16 / bits, 1, bits, 0, [0, 1]);

        var (numbers, by) = PngLabels.AsNumbers(file);

        Assert.Same(file, numbers);
        Assert.Equal(divisor, by);
    }

    [Fact]
    public void Colours_and_palettes_of_grey_are_values_and_stay()
    {
        var colors = MadeFiles.Png(1, 1, 8, 2, [1, 2, 3]);
        var gray = MadeFiles.Png(2, 1, 4, 3, [0x01], ("PLTE", [0, 0, 0, 200, 200, 200]));

        Assert.Equal((colors, 1), PngLabels.AsNumbers(colors));
        Assert.Equal((gray, 1), PngLabels.AsNumbers(gray));
    }
}

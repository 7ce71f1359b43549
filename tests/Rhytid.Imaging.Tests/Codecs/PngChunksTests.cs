using System.Buffers.Binary;
using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class PngChunksTests
{
    private static readonly byte[] Sound = MadeFiles.Png(4, 3, 8, 0, new byte[12], ("tEXt", new byte[5]));

    [Fact]
    public void Every_chunk_has_its_place()
    {
        var chunks = PngChunks.Read(Sound);

        Assert.Equal(["IHDR", "tEXt", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal((16, 13), (chunks[0].Start, chunks[0].Length));
        Assert.Equal((16 + 13 + PngChunks.Frame, 5), (chunks[1].Start, chunks[1].Length));
    }

    // The decoder would take 2 GB before it found the file's end.
    [Theory]
    [InlineData("tEXt")]
    [InlineData("IDAT")]
    public void A_chunk_longer_than_the_file_is_refused_before_it_is_decoded(string type)
    {
        var file = Sound.ToArray();
        var start = PngChunks.Read(file).Single(chunk => chunk.Type == type).Start;
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(start - 8), int.MaxValue);

        var error = Assert.Throws<ImageException>(() => PngChunks.RequireWhole(file));

        Assert.Equal(ImageDecoder.DamagedPixels, error.Message);
        Assert.Throws<ImageException>(() => Image.Decode(file));
    }

    [Fact]
    public void What_stands_behind_the_end_does_not_matter()
    {
        PngChunks.RequireWhole([.. Sound, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        Assert.Equal((4, 3), (Image.Decode(Sound).Width, Image.Decode(Sound).Height));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(32)]
    public void A_header_that_is_cut_off_is_refused(int bytes)
    {
        var error = Assert.Throws<ImageException>(() => ImageDecoder.DecodeLabels(Sound[..bytes], null));

        Assert.Contains("the PNG header is damaged", error.Message, StringComparison.Ordinal);
    }
}

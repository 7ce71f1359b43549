using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

public sealed class ImageFileTests
{
    [Theory]
    [InlineData("empty.jpg", "empty")]
    [InlineData("folder", "folder")]
    public void Unreadable_paths_get_a_clear_line(string name, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["empty.jpg"], []);
        Directory.CreateDirectory(folder["folder"]);

        var error = Assert.Throws<ImageException>(() => Image.Load(folder[name]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<FileNotFoundException>(() => Image.Load(folder["missing.jpg"]));
        Assert.Equal(folder["missing.jpg"], error.FileName);
        Assert.Equal($"{folder["missing.jpg"]}: there is no such file", error.Message);
    }

    [Fact]
    public void A_stream_without_a_length_is_read()
    {
        var file = ImageDecoderTests.Noise(16).Encode(ImageFormat.Png);
        using var stream = new System.IO.Compression.BrotliStream(
            Compressed(file), System.IO.Compression.CompressionMode.Decompress);

        Assert.Equal(ImageDecoderTests.Noise(16).Samples.ToArray(), Image.Load(stream).Samples.ToArray());
    }

    [Fact]
    public void The_byte_limit_counts_what_is_left_of_a_stream()
    {
        var file = ImageDecoderTests.Noise(8).Encode(ImageFormat.Png);
        byte[] padded = [1, 2, 3, .. file];

        Assert.Equal(file, ReadFrom(3, file.Length));
        var error = Assert.Throws<ImageException>(() => ReadFrom(3, file.Length - 1));
        Assert.Contains("limit", error.Message, StringComparison.Ordinal);
        Assert.Throws<ImageException>(() => ReadFrom(0, file.Length));

        byte[] ReadFrom(int position, int maxBytes)
        {
            using var stream = new MemoryStream(padded) { Position = position };
            return ImageFile.ReadAll(stream, new ImageLoadOptions { MaxBytes = maxBytes });
        }
    }

    private static MemoryStream Compressed(byte[] bytes)
    {
        var memory = new MemoryStream();
        using (var brotli = new System.IO.Compression.BrotliStream(
            memory, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            brotli.Write(bytes);
        memory.Position = 0;
        return memory;
    }
}

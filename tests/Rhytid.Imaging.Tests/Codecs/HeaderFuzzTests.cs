using System.Buffers.Binary;
using System.Text;
using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;
using Rhytid.Tests.Shared.Fuzzing;
using Xunit.Abstractions;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>The managed header readers alone: no pixel is decoded here.</summary>
public class HeaderFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20240607;

    [Fact]
    public void Jpeg()
    {
        var jpeg = Segments(57, 31);
        Run("JPEG header", jpeg, MadeFiles.WithExif(
            jpeg, 6, littleEndian: true), MadeFiles.WithExif(jpeg, 3, littleEndian: false));
    }

    [Fact]
    public void Png() => Run(
        "PNG header",
        MadeFiles.Png(4, 3, 8, 2, new byte[36]),
        MadeFiles.Png(
            4, 3, 8, 0, new byte[12], ("iCCP", new byte[20]), ("eXIf", MadeFiles.Exif(5, littleEndian: false))));

    [Fact]
    public void Web_p() => Run(
        "WebP header",
        Riff([("VP8X",
            [8, 0, 0, 0, 56, 0, 0, 30, 0, 0]),
                ("VP8 ", new byte[20]), ("EXIF", MadeFiles.Exif(8, littleEndian: true))
            ]),
        Riff([("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 57, 0, 31, 0, 1, 2])]),
        Riff([("VP8L", [0x2F, 56, 0x80, 7, 0, 1, 2])]));

    [Fact]
    public void Bmp() => Run("BMP header", MadeFiles.Bmp(5, 4), MadeFiles.Bmp(3, -2));

    [Fact]
    public void Tiff() =>
        Run("TIFF header", MadeFiles.Tiff(6, 5), MadeFiles.Tiff(3, 2, samples: 1, photometric: 1, orientation: 7));

    [Fact]
    public void Dng() => Run("DNG header", MadeFiles.Dng(24, 22));

    [Fact]
    public void Heif() => Run("HEIF header", Golden("picture.heic"), Golden("turned.heic"), Golden("picture.avif"));

    [Fact]
    public void Jpeg_xl() => Run("JPEG XL header", Golden("picture.jxl"), Golden("turned.jxl"));

    [Fact]
    public void Color_profile() => Run(
        "colour profile", MadeFiles.WithProfile(Segments(57, 31), MadeFiles.DisplayP3()),
        MadeFiles.Png(4, 3, 8, 0, new byte[12], ("iCCP", MadeFiles.PngProfile(MadeFiles.Srgb()))));

    private static byte[] Golden(string name) => File.ReadAllBytes(GoldenFolder.PathOf("formats", name));

    private void Run(string name, params byte[][] seeds)
    {
        var (read, refused) = Fuzzer.Run<ImageException>(name, seeds, Fuzzer.Count, Seed, file =>
        {
            var header = ImageHeader.Read(file);
            Assert.True(header.Width > 0 && header.Height > 0 && header.Orientation is >= 1 and <= 8);
            _ = IccProfile.IsOther(IccProfile.Find(file, header.Format));
            if (header.Format == ImageFormat.Png)
                _ = PngHeader.WithoutColorProfile(file);
        });
        output.WriteLine($"{name}: {read + refused} files, {read} read, {refused} refused");
    }

    /// <summary>A JPEG's segments with a size and a scan, as far as a header reader looks.</summary>
    private static byte[] Segments(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xC0, 0, 11, 8, 0, (byte)height, 0, (byte)width, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0xD9,
    ];

    private static byte[] Riff((string Type, byte[] Data)[] chunks)
    {
        using var body = new MemoryStream();
        body.Write("WEBP"u8);
        Span<byte> length = stackalloc byte[4];
        foreach (var (type, data) in chunks)
        {
            body.Write(Encoding.ASCII.GetBytes(type));
            BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
            body.Write(length);
            body.Write(data);
            if (data.Length % 2 == 1)
                body.WriteByte(0);
        }
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)body.Length);
        return [.. "RIFF"u8, .. length, .. body.ToArray()];
    }
}

using Rhytid.Imaging;
using Rhytid.Imaging.Codecs;
using Rhytid.Imaging.Tests.Codecs;

namespace Fuzz;

/// <summary>Every kind of picture, and label pictures.</summary>
internal static class PictureTargets
{
    private const int Pictures = 200_000;
    private const int Labels = 1_000_000;

    // Small pictures keep the run short; what is refused by its size is tested elsewhere.
    private static readonly ImageLoadOptions Options = new() { MaxPixels = 1_000_000 };

    public static IEnumerable<FuzzTarget> All =>
    [
        Picture("jpeg", () => [Drawn().Encode(ImageFormat.Jpeg), MadeFiles.WithProfile(
            Drawn().Encode(ImageFormat.Jpeg, 40), MadeFiles.DisplayP3()), Seed("inks.jpg")]),
        Picture("png", () => [Drawn().Encode(ImageFormat.Png), MadeFiles.Png(8, 6, 16, 2, Bytes(8 * 6 * 6)),
            MadeFiles.Png(8, 6, 8, 6, Bytes(8 * 6 * 4), ("iCCP", MadeFiles.PngProfile(MadeFiles.DisplayP3())))]) with
            { Repair = Repairs.Png },
        Picture("webp", () => [Drawn().Encode(ImageFormat.WebP), Drawn().Encode(ImageFormat.WebP, 100)]) with
            { Repair = Repairs.WebP },
        Picture("bmp", () => [MadeFiles.Bmp(9, 7), MadeFiles.Bmp(9, -7, 32)]),
        Picture("tiff", () => [MadeFiles.Tiff(9, 7), MadeFiles.Tiff(9, 7, samples: 1, photometric: 1),
            MadeFiles.Tiff(8, 6, samples: 4, photometric: 5)]),
        Picture("heic", () => [Seed("picture.heic"), Seed("turned.heic")]),
        Picture("avif", () => [Seed("picture.avif")]),
        Picture("jxl", () => [Seed("picture.jxl"), Seed("turned.jxl")]),
        Picture("dng", () => [MadeFiles.Dng(24, 22)]),
        new("labels", Labels, LabelSeeds, PassesHeader, file => Touch(ImageDecoder.DecodeLabels(file, Options)))
            { Repair = Repairs.Png },
    ];

    private static FuzzTarget Picture(string name, Func<byte[][]> seeds) =>
        new(name, Pictures, seeds, PassesHeader, file => Touch(Image.Decode(file, Options)));

    private static byte[][] LabelSeeds() =>
    [
        MadeFiles.Png(8, 6, 8, 0, Bytes(8 * 6)),
        MadeFiles.Png(8, 6, 16, 0, [.. Bytes(8 * 6).SelectMany(value => (byte[])[0, value])]),
        MadeFiles.Png(8, 6, 8, 3, [.. Bytes(8 * 6).Select(value => (byte)(value % 4))], ("PLTE", Bytes(12))),
        MadeFiles.Png(8, 6, 4, 3, [.. Bytes(4 * 6).Select(value => (byte)(value & 0x33))], ("PLTE", Bytes(12)),
            ("tRNS", [0, 255])),
        MadeFiles.Png(8, 6, 1, 0, Bytes(6)),
    ];

    private static bool PassesHeader(byte[] file)
    {
        try
        {
            return ImageHeader.Read(file) is var header && (long)header.Width * header.Height <= Options.MaxPixels;
        }
        catch (ImageException)
        {
            return false;
        }
    }

    private static void Touch(Raster<byte> raster)
    {
        if (raster.Samples.Length != raster.Width * raster.Height * raster.Channels || raster.Width < 1)
            throw new InvalidOperationException($"{raster.Width} x {raster.Height} has {raster.Samples.Length} samples");
    }

    private static Image Drawn()
    {
        var image = new Image(40, 24);
        for (var i = 0; i < image.Samples.Length; i++)
            image.Samples[i] = (byte)((i * 7) ^ (i / 120 * 13));
        return image;
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 37))];

    private static byte[] Seed(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "seeds", name));
}

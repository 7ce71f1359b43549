using System.Buffers.Binary;
using Rhytid.Imaging;

namespace Rhytid.Cli.Tests;

internal static class TestPictures
{
    /// <summary>Sky, hills and a meadow: no face, but edges and texture enough to tempt a detector.</summary>
    public static Image Landscape(int width, int height)
    {
        var random = new Random(4);
        var image = new Image(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < width; x++)
            {
                var hill = (0.5 + (0.12 * Math.Sin(7.0 * x / width)) + (0.04 * Math.Sin(23.0 * x / width))) * height;
                var (r, g, b) = y < hill
                    ? (130 + (y * 60 / height), 170, 220)
                    : (60 + random.Next(40), 110 + random.Next(50), 50);
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)r, (byte)g, (byte)b);
            }
        }
        return image;
    }

    /// <summary>A PNG that is only a header: it claims pixels that never come.</summary>
    public static byte[] PngHeader(int width, int height)
    {
        var file = new byte[33];
        ((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8]).CopyTo(file, 0);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        (file[24], file[25]) = (8, 2);
        return file;
    }
}

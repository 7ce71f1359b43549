using Rhytid.Imaging.Codecs;
using Rhytid.Tests.Shared;

namespace Rhytid.Imaging.Tests.Codecs;

/// <summary>Photos of another colour space become sRGB; numbers never do.</summary>
public sealed class IccProfileTests
{
    private const int Width = 64;
    private const int Height = 48;

    [Fact]
    public void A_display_p3_png_gives_the_pixels_of_its_srgb_twin()
    {
        var (srgb, p3) = Twins();
        var file = Png(p3, MadeFiles.DisplayP3());

        Assert.InRange(LargestDifference(srgb, Image.Decode(Png(p3, null))), 5, 255);
        Assert.InRange(LargestDifference(srgb, Image.Decode(file)), 0, 2);
    }

    [Fact]
    public void A_display_p3_jpeg_gives_the_colours_that_its_pixels_stand_for()
    {
        // Not beside the twin as a JPEG: coding rounds other colours otherwise.
        var jpeg = Twins().P3.Encode(ImageFormat.Jpeg, 95);
        var file = MadeFiles.WithProfile(jpeg, MadeFiles.DisplayP3());

        Assert.InRange(LargestDifference(ToSrgb(Image.Decode(jpeg)), Image.Decode(file)), 0, 2);
        // Turned by EXIF as any other JPEG is.
        Assert.Equal(Height, Image.Decode(MadeFiles.WithExif(file, 6, littleEndian: true)).Width);
    }

    [Fact]
    public void A_display_p3_webp_is_converted_too()
    {
        var plain = Twins().P3.Encode(ImageFormat.WebP);
        var profile = MadeFiles.DisplayP3();
        byte[] chunks =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x20, 0, 0, 0, Width - 1, 0, 0, Height - 1, 0, 0,
            .. "ICCP"u8, .. BitConverter.GetBytes(profile.Length), .. profile, .. plain[12..],
        ];
        byte[] file = [.. "RIFF"u8, .. BitConverter.GetBytes(chunks.Length), .. chunks];

        Assert.InRange(LargestDifference(ToSrgb(Image.Decode(plain)), Image.Decode(file)), 0, 2);
    }

    [Fact]
    public void A_profile_of_srgb_changes_nothing()
    {
        var (srgb, _) = Twins();
        var jpeg = srgb.Encode(ImageFormat.Jpeg);

        Assert.False(IccProfile.IsOther(MadeFiles.Srgb()));
        Assert.True(IccProfile.IsOther(MadeFiles.DisplayP3()));
        Assert.Equal(srgb.Samples.ToArray(), Image.Decode(Png(srgb, MadeFiles.Srgb())).Samples.ToArray());
        Assert.Equal(
            Image.Decode(jpeg).Samples.ToArray(),
            Image.Decode(MadeFiles.WithProfile(jpeg, MadeFiles.Srgb())).Samples.ToArray());
    }

    [Fact]
    public void Labels_and_grey_levels_keep_their_numbers_whatever_the_profile()
    {
        using var folder = new TemporaryFolder();
        byte[] numbers = [0, 1, 2, 3, 100, 255];
        var profile = ("iCCP", MadeFiles.PngProfile(MadeFiles.DisplayP3()));
        File.WriteAllBytes(folder["grey.png"], MadeFiles.Png(6, 1, 8, 0, numbers, profile));
        File.WriteAllBytes(
            folder["palette.png"],
            MadeFiles.Png(
                6, 1, 8, 3, [0, 1, 2, 3, 4, 5], profile,
                ("PLTE", [.. Enumerable.Range(0, 18).Select(i => (byte)(37 * i))])));

        Assert.Equal(numbers, ImageEncoding.LoadGray(folder["grey.png"]).Samples.ToArray());
        Assert.Equal(numbers, ImageEncoding.LoadLabels(folder["grey.png"]).Samples.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], ImageEncoding.LoadLabels(folder["palette.png"]).Samples.ToArray());
    }

    [Fact]
    public void Damaged_profiles_do_no_harm()
    {
        var (srgb, _) = Twins();
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var profile = i % 2 == 0 ? MadeFiles.DisplayP3() : MadeFiles.Srgb();
            for (var hits = 0; hits < 4; hits++)
                profile[random.Next(profile.Length)] = (byte)random.Next(256);
            var cut = profile.AsSpan(0, random.Next(profile.Length)).ToArray();

            Assert.Equal(Width, Image.Decode(Png(srgb, profile)).Width);
            Assert.Equal(Width, Image.Decode(Png(srgb, cut)).Width);
        }
    }

    private static int LargestDifference(Image a, Image b) =>
        a.Samples.ToArray().Zip(b.Samples.ToArray(), (x, y) => Math.Abs(x - y)).Max();

    private static byte[] Png(Image image, byte[]? profile)
    {
        (string, byte[])[] chunks = profile is null ? [] : [("iCCP", MadeFiles.PngProfile(profile))];
        return MadeFiles.Png(image.Width, image.Height, 8, 2, image.Samples.ToArray(), chunks);
    }

    // The same colours in two spaces.
    private static (Image Srgb, Image P3) Twins()
    {
        var (srgb, p3) = (new Image(Width, Height), new Image(Width, Height));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                byte[] color = [(byte)(60 + (2 * x)), (byte)(90 + y), (byte)(200 - x)];
                color.CopyTo(srgb.Row(y)[(3 * x)..]);
                var (r, g, b) = (Linear(color[0]), Linear(color[1]), Linear(color[2]));
                byte[] wide =
                [
                    Coded((0.82246 * r) + (0.17754 * g)), Coded((0.03319 * r) + (0.96681 * g)),
                    Coded((0.01708 * r) + (0.0724 * g) + (0.91052 * b)),
                ];
                wide.CopyTo(p3.Row(y)[(3 * x)..]);
            }
        return (srgb, p3);
    }

    private static Image ToSrgb(Image p3)
    {
        var srgb = p3.Clone();
        for (var i = 0; i < srgb.Samples.Length; i += 3)
        {
            var pixel = srgb.Samples.Slice(i, 3);
            var (r, g, b) = (Linear(pixel[0]), Linear(pixel[1]), Linear(pixel[2]));
            pixel[0] = Coded((1.22494 * r) - (0.22494 * g));
            pixel[1] = Coded((-0.04206 * r) + (1.04206 * g));
            pixel[2] = Coded((-0.01964 * r) - (0.07864 * g) + (1.09828 * b));
        }
        return srgb;
    }

    private static double Linear(byte value) =>
        value / 255.0 is var v && v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static byte Coded(double value) => (byte)Math.Round(255 * Math.Clamp(
        value <= 0.0031308 ? 12.92 * value : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055, 0, 1));

    // zlib then asks for a dictionary, which is neither a result nor damage to it.
    [Fact]
    public void A_compressed_profile_that_wants_a_dictionary_is_none()
    {
        var png = MadeFiles.Png(4, 3, 8, 0, new byte[12], ("iCCP", [(byte)'p', 0, 0, 0x78, 0x20, 1, 2, 3, 4, 5, 6]));

        Assert.Equal(0, IccProfile.Find(png, ImageFormat.Png).Length);
        Assert.Equal(4, Image.Decode(png).Width);
    }
}

using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

/// <summary>What holds for every classical method, whatever the picture.</summary>
public sealed class ClassicalContractTests
{
    private static readonly SyntheticWrinkles Picture = SyntheticWrinkles.Instance;

    public static TheoryData<string> Methods => [.. ClassicalMethods.Names];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_has_the_name_it_is_asked_for_by(string method) =>
        Assert.Equal(method, ClassicalMethods.Create(method).Name);

    [Fact]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => ClassicalMethods.Create("sobel"));
        Assert.Contains(
            "gabor, hhf, hhf-gradient, hlt, annotator, cula, texture-threshold", error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Everything_lies_inside_the_skin(string method)
    {
        var skin = new Mask(SyntheticWrinkles.Size, SyntheticWrinkles.Size);
        skin.FillEllipse(new(190, 180), new(130, 110));
        var map = ClassicalMethods.Create(method).Segment(Picture.Face, skin);
        var mask = map.ToMask();

        Assert.InRange(mask.Pixels.Count(), 1, int.MaxValue);
        Assert.Equal(0, mask.Pixels.Except(skin).Count());
        Assert.Equal(0, Mask.Where(map.Values, value => value != 0).Except(skin).Count());
        if (mask.Levels is { } levels)
            Assert.Equal(mask.Pixels.Samples, Mask.Where(levels, level => level > 0).Samples);
        Assert.All(
            mask.Tracks.SelectMany(track => track.Points), point => Assert.True(skin[(int)point.X, (int)point.Y]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Values_lie_between_0_and_1(string method)
    {
        var map = ClassicalMethods.Create(method).Segment(Picture.Face, Picture.Skin);
        Assert.Equal((SyntheticWrinkles.Size, SyntheticWrinkles.Size), (map.Values.Width, map.Values.Height));
        Assert.All(map.Values.Samples.ToArray(), value => Assert.InRange(value, 0, 1));
        Assert.InRange(map.DefaultThreshold, 0.01f, 0.99f);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_higher_threshold_finds_no_more(string method)
    {
        var map = ClassicalMethods.Create(method).Segment(Picture.Face, Picture.Skin);
        Assert.Equal(map.ToMask().Pixels.Samples, map.ToMask(map.DefaultThreshold).Pixels.Samples);
        // The centre line of a narrower support may run elsewhere by a pixel: a few more pixels are no more lines.
        Assert.True(map.ToMask(map.DefaultThreshold * 1.3f).Pixels.Count() <= 1.1 * map.ToMask().Pixels.Count());
        Assert.Equal(0, map.ToMask(1.01f).Pixels.Count());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void No_skin_means_no_wrinkles(string method) =>
        Assert.Equal(0, Count(method, Picture.Face, new Mask(SyntheticWrinkles.Size, SyntheticWrinkles.Size)));

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_flat_picture_has_no_wrinkles(string method)
    {
        var pixels = new byte[200 * 200];
        Array.Fill(pixels, (byte)140);
        Assert.Equal(0, Count(method, Face(pixels, 200, 200), Mask.Full(200, 200)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_slope_of_light_has_no_wrinkles(string method)
    {
        var pixels = new byte[300 * 300];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(60 + (i % 300 / 2));
        Assert.Equal(0, Count(method, Face(pixels, 300, 300), Mask.Full(300, 300)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Fine_noise_on_smooth_skin_has_next_to_no_wrinkles(string method)
    {
        var random = new Random(5);
        var pixels = new byte[512 * 512];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(150 + random.Next(-2, 3));
        Assert.InRange(Count(method, Face(pixels, 512, 512), Mask.Full(512, 512)), 0, pixels.Length / 500);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Any_size_is_taken(string method)
    {
        var random = new Random(3);
        foreach (var (width, height) in new[] { (1, 1), (2, 3), (5, 1), (32, 32), (33, 47), (700, 90), (1031, 517) })
        {
            var pixels = new byte[width * height];
            random.NextBytes(pixels);
            var map = ClassicalMethods.Create(method).Segment(Face(pixels, width, height), Mask.Full(width, height));
            var mask = map.ToMask();
            Assert.Equal((width, height), (mask.Pixels.Width, mask.Pixels.Height));
            Assert.All(mask.Tracks.SelectMany(track => track.Points), point =>
            {
                Assert.InRange(point.X, 0, width);
                Assert.InRange(point.Y, 0, height);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Two_runs_agree(string method)
    {
        var segmenter = ClassicalMethods.Create(method);
        var first = segmenter.Segment(Picture.Face, Picture.Skin);
        var second = segmenter.Segment(Picture.Face, Picture.Skin);
        Assert.Equal(first.Values.Samples, second.Values.Samples);
        Assert.Equal(first.ToMask().Pixels.Samples, second.ToMask().Pixels.Samples);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_cancelled_run_stops(string method) =>
        Assert.Throws<OperationCanceledException>(() =>
            ClassicalMethods.Create(method).Segment(Picture.Face, Picture.Skin, new CancellationToken(canceled: true)));

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_skin_mask_of_another_size_is_refused(string method) =>
        Assert.Throws<ArgumentException>(
            () => ClassicalMethods.Create(method).Segment(Picture.Face, Mask.Full(10, 10)));

    private static int Count(string method, FaceImage face, Mask skin) =>
        ClassicalMethods.Create(method).Segment(face, skin).ToMask().Pixels.Count();

    private static FaceImage Face(byte[] gray, int width, int height) =>
        FaceImage.FromAligned(Image.FromPixels(gray, width, height, PixelFormat.Gray));
}

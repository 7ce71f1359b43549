using Rhytid.Imaging;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

/// <summary>What each method must find on drawn curves, with the default options.</summary>
public sealed class ClassicalAcceptanceTests
{
    private static readonly SyntheticWrinkles Picture = SyntheticWrinkles.Instance;

    [Theory]
    [InlineData("gabor", 0.5)]
    [InlineData("hhf", 0.7)]
    [InlineData("annotator", 0.7)]
    [InlineData("cula", 0.5)]
    [InlineData("texture-threshold", 0.5)]
    public void Overlaps_the_drawn_curves(string method, double leastIou) =>
        Assert.InRange(Picture.Iou(Segment(method).Pixels), leastIou, 1);

    [Fact]
    public void The_gradient_finds_the_curves_but_beside_their_centres()
    {
        var nearby = Segment("hhf-gradient").Pixels.Dilate(7);
        Assert.InRange(Picture.Recall(nearby), 0.8, 1);
    }

    [Fact]
    public void Line_tracking_follows_each_curve_once()
    {
        var mask = Segment("hlt");
        Assert.Equal(6, mask.Tracks.Count);
        Assert.InRange(Picture.Recall(mask.Pixels), 0.9, 1);
    }

    [Fact]
    public void The_annotator_tells_fine_from_coarse()
    {
        var levels = Segment("annotator").Levels!;
        Assert.True(levels.Samples.Contains((byte)1), "no fine wrinkle");
        Assert.True(levels.Samples.Contains((byte)2), "no coarse wrinkle");
        // The widest and darkest curve of all is the third.
        var onWidest = Mask.Where(levels, level => level == 2).And(Picture.Curves[2]);
        Assert.InRange(onWidest.Count(), 1, int.MaxValue);
    }

    [Fact]
    public void Cula_measures_six_wrinkles()
    {
        var mask = Segment("cula");
        Assert.Equal(6, mask.Tracks.Count);
        Assert.InRange(mask.Tracks.Max(track => track.LengthPixels), 255, 295);
        Assert.All(mask.Tracks, track => Assert.InRange(track.DepthGrayLevels!.Value, 5, 30));
        Assert.InRange(CulaSegmenter.Score(mask), 1, float.MaxValue);
    }

    private static WrinkleMask Segment(string method) =>
        ClassicalMethods.Create(method).Segment(Picture.Face, Picture.Skin).ToMask();
}

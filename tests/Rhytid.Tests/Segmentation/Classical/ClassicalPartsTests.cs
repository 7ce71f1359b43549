using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

/// <summary>The pieces that the methods share.</summary>
public sealed class ClassicalPartsTests
{
    [Theory]
    [InlineData(2, -5, 0, -5, 2)]
    [InlineData(5, 2, 0, 5, 2)]
    [InlineData(3, 3, 1, 4, 2)]
    [InlineData(0, 0, 0, 0, 0)]
    public void The_large_eigenvalue_is_the_one_of_larger_magnitude(
        float xx, float yy, float xy, float large, float small) =>
        Assert.Equal((large, small), Hessian.Eigenvalues(xx, yy, xy));

    [Fact]
    public void A_dark_vertical_line_curves_across_and_not_along()
    {
        var image = Plain(41, 41);
        for (var y = 0; y < 41; y++)
            image[20, y] = 60;
        var hessian = Hessian.At(image, 1.5);
        Assert.InRange(hessian.Xx[20, 20], 1, 100);
        Assert.Equal(0, hessian.Yy[20, 20], 1e-3);
        Assert.Equal(0, Hessian.NormalAngle(hessian.Xx[20, 20], hessian.Yy[20, 20], hessian.Xy[20, 20]), 1e-3);
        Assert.Equal(0, hessian.Xx[2, 20], 1e-2);
    }

    [Fact]
    public void A_weak_line_stays_only_where_it_touches_a_strong_one()
    {
        var response = Plane<float>.FromPixels([0.3f, 0.3f, 0.9f, 0, 0.3f, 0.3f], 6, 1);
        var linked = Hysteresis.Link(response, Mask.Full(6, 1), strong: 0.5f, weak: 0.2f);
        Assert.Equal([255, 255, 255, 0, 0, 0], linked.Samples.ToArray());
    }

    [Fact]
    public void Means_over_skin_ignore_what_is_not_skin()
    {
        var gray = Plain(60, 60);
        var skin = Mask.Full(60, 60);
        for (var y = 0; y < 60; y++)
        {
            for (var x = 0; x < 30; x++)
            {
                gray[x, y] = 5;
                skin[x, y] = false;
            }
        }
        var flat = SkinMean.Flatten(gray, skin, sigmaPixels: 8);
        var expected = SkinMean.FlatGray * 128 / 129; // gray / (mean + 1)
        Assert.Equal(expected, flat[30, 30], 0.01f);
        Assert.Equal(expected, flat[55, 30], 0.01f);
        Assert.Equal(SkinMean.FlatGray, flat[10, 30]);
    }

    [Fact]
    public void Short_and_dark_and_round_components_are_no_wrinkles()
    {
        var flat = Plain(100, 100);
        var support = new Mask(100, 100);
        Rectangle(support, 10, 10, 60, 3);   // a line
        Rectangle(support, 10, 30, 12, 3);   // too short
        Rectangle(support, 10, 50, 60, 3);   // too dark
        Rectangle(support, 60, 70, 25, 25);  // a blob
        for (var x = 0; x < 100; x++)
            for (var y = 48; y < 56; y++)
                flat[x, y] = 40;
        var filter = new LineFilter
        {
            MinLengthPixels = 20,
            PenRadiusPixels = 2,
            MaxMeanWidthPixels = 10,
            WidePixels = 5,
            MinWideEccentricity = 0.95
        };
        var line = Assert.Single(filter.CenterLines(support, flat).Components().Components);
        Assert.InRange(line.Bounds.Y, 10, 12);
    }

    [Fact]
    public void Growing_follows_a_line_but_not_around_a_corner()
    {
        var reconstruction = new OrientedReconstruction(orientations: 12, elementLengthPixels: 7);
        var support = new Mask(40, 40);
        var orientation = new Plane<byte>(40, 40);
        Rectangle(support, 5, 20, 30, 1);
        Rectangle(support, 34, 5, 1, 15);
        for (var x = 0; x < 40; x++)
            orientation[x, 20] = 6; // across: 90 degrees, so the line is horizontal
        var seeds = new Mask(40, 40);
        seeds[6, 20] = true;
        var grown = reconstruction.Grow(seeds, support, orientation);
        Assert.True(grown[34, 20]);
        Assert.Equal(30, grown.Count());
    }

    private static Plane<float> Plain(int width, int height)
    {
        var plane = new Plane<float>(width, height);
        plane.Samples.Fill(128);
        return plane;
    }

    private static void Rectangle(Mask mask, int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
            for (var x = left; x < left + width; x++)
                mask[x, y] = true;
    }
}

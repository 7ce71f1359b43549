using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class HessianTests
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

    // 3 x^2 + 2 x y - y^2: second derivatives 6, -2 and 2, times sigma squared.
    [Theory]
    [InlineData(1.5)]
    [InlineData(3)]
    public void Derivatives_of_a_polynomial_are_exact_up_to_the_scale(double sigma)
    {
        var image = new Plane<float>(61, 61);
        for (var y = 0; y < 61; y++)
            for (var x = 0; x < 61; x++)
                image[x, y] = (3 * (x - 30) * (x - 30)) + (2 * (x - 30) * (y - 30)) - ((y - 30) * (y - 30));

        var hessian = Hessian.At(image, sigma);

        var square = sigma * sigma;
        Assert.Equal(6 * square, hessian.Xx[30, 30], 0.01 * 6 * square);
        Assert.Equal(-2 * square, hessian.Yy[30, 30], 0.01 * 6 * square);
        Assert.Equal(2 * square, hessian.Xy[30, 30], 0.01 * 6 * square);
    }

    [Fact]
    public void Ridges_are_dark_and_the_best_scale_counts()
    {
        var image = Plain(61, 61);
        for (var y = 0; y < 61; y++)
            for (var x = 28; x <= 32; x++)
                image[x, y] = 60;

        var fine = Hessian.RidgeStrength(image, [1]);
        var both = Hessian.RidgeStrength(image, [1, 3]);

        Assert.True(both[30, 30] > fine[30, 30] + 10);
        for (var i = 0; i < image.Samples.Length; i++)
            Assert.True(both.Samples[i] >= fine.Samples[i]);
        foreach (ref var value in image.Samples)
            value = 188 - value;
        Assert.Equal(0, Hessian.RidgeStrength(image, [3])[30, 30]);
    }

    private static Plane<float> Plain(int width, int height)
    {
        var plane = new Plane<float>(width, height);
        plane.Samples.Fill(128);
        return plane;
    }
}

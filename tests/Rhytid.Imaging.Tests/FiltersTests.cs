namespace Rhytid.Imaging.Tests;

/// <summary>Filters beside sums over mirrored pixels that were taken by hand (Python, no library).</summary>
public sealed class FiltersTests
{
    private static readonly Plane<float> Numbers = Plane<float>.FromPixels([0, 1, 2, 3, 5, 6, 0, 1, 3, 4, 5, 6], 4, 3);

    // exp(-x^2 / 2) at -1, 0 and 1, divided by the sum of the three.
    [Fact]
    public void A_point_becomes_the_gaussian()
    {
        double[] kernel = [0.27406862, 0.45186276, 0.27406862];
        var point = new Plane<float>(5, 5);
        point[2, 2] = 1;

        var blurred = point.GaussianBlur(sigma: 1, kernelSize: 3);

        for (var y = -1; y <= 1; y++)
            for (var x = -1; x <= 1; x++)
                Assert.Equal(kernel[x + 1] * kernel[y + 1], blurred[2 + x, 2 + y], 1e-6);
        Assert.Equal(0, blurred[0, 2]);
    }

    [Fact]
    public void A_blur_into_a_given_plane_and_of_a_picture_is_the_same_blur()
    {
        var plane = Plane<byte>.FromPixels([10, 200, 30, 90, 0, 255, 60, 40, 120, 7, 80, 33], 4, 3);
        var expected = plane.GaussianBlur(1.2, border: BorderMode.Replicate).Samples.ToArray();
        var result = new Plane<byte>(4, 3);

        plane.GaussianBlur(result, 1.2, border: BorderMode.Replicate);

        Assert.Equal(expected, result.Samples.ToArray());
        Assert.Equal(
            expected, plane.ToImage().GaussianBlur(1.2, border: BorderMode.Replicate).Channel(1).Samples.ToArray());
    }

    [Fact]
    public void A_mean_is_over_width_and_height_of_its_window()
    {
        var plane = Plane<byte>.FromPixels([0, 0, 0, 0, 30, 0, 0, 0, 0], 3, 3);

        Assert.Equal([0, 0, 0, 10, 10, 10, 0, 0, 0], plane.BoxMean(3, 1, BorderMode.Zero).Samples.ToArray());
        Assert.Equal([0, 10, 0, 0, 10, 0, 0, 10, 0], plane.BoxMean(1, 3, BorderMode.Zero).Samples.ToArray());
    }

    // A kernel without symmetry: mirrored, it would be a convolution.
    [Fact]
    public void A_kernel_is_laid_over_the_picture_as_it_is_written()
    {
        var kernel = Plane<float>.FromPixels([1, 2, 0, 0, -3, 4, 5, 0, -1], 3, 3);

        Assert.Equal(
            [44, 47, 41, 1, 26, -6, 23, 25, 47, 50, 44, 4],
            Numbers.Correlate(kernel).Samples.ToArray().Select(value => (int)MathF.Round(value)));
    }

    [Fact]
    public void A_row_and_a_column_act_one_after_the_other()
    {
        Assert.Equal(
            [40, 68, 20, 8, 6, 6, 14, 30, 40, 68, 20, 8],
            Numbers.CorrelateSeparable([1, 2, -1], [3, 0, 1]).Samples.ToArray());
    }
}

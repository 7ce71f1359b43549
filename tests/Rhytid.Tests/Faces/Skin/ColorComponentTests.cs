using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class ColorComponentTests
{
    private static readonly float[] All = [.. Enumerable.Repeat(1f, 64)];

    // Of one colour only the least variances are left: 9, 2, 2 and 3.
    [Fact]
    public void The_density_is_that_of_a_gaussian_with_the_least_variances()
    {
        var own = FaceFeatures.Measure(Plain(180, 130, 100), 8);
        var other = FaceFeatures.Measure(Plain(188, 130, 104), 8);
        var component = ColorComponent.Fit(own, All, mixtureWeight: 0.5f, slopes: false);

        var expected = Math.Log(0.5) - (0.5 * Math.Log(9 * 2 * 2 * 3)) - (2 * Math.Log(2 * Math.PI));
        Assert.Equal(expected, LogDensity(component, own)[10], 1e-3);
        double[] variances = [9, 2, 2, 3];
        for (var f = 0; f < FaceFeatures.Count; f++)
            expected -= Math.Pow(other.Values[f][10] - own.Values[f][10], 2) / variances[f] / 2;
        Assert.Equal(expected, LogDensity(component, other)[10], 1e-2);
    }

    [Fact]
    public void Another_weight_moves_the_logarithm_alone()
    {
        var features = FaceFeatures.Measure(Plain(180, 130, 100), 8);
        var component = ColorComponent.Fit(features, All, mixtureWeight: 1, slopes: false);

        Assert.Equal(
            LogDensity(component, features)[0] + MathF.Log(0.25f),
            LogDensity(component.WithWeight(0.25f), features)[0], 1e-4f);
    }

    // A widening of 4 doubles each of four deviations: 4 ln 2 less at the mean.
    [Fact]
    public void A_wider_component_is_lower_at_its_mean()
    {
        var features = FaceFeatures.Measure(Plain(180, 130, 100), 8);

        Assert.Equal(
            LogDensity(ColorComponent.Fit(features, All, 1, slopes: false), features)[0] - (4 * MathF.Log(2)),
            LogDensity(ColorComponent.Fit(features, All, 1, slopes: false, widening: 4), features)[0], 1e-3f);
    }

    [Fact]
    public void Light_from_one_side_is_explained_by_a_slope()
    {
        var shaded = Plain(0, 0, 0);
        for (var y = 0; y < 64; y++)
            for (var x = 0; x < 64; x++)
                shaded.Row(y).Slice(3 * x, 3).Fill((byte)(60 + (2 * x)));
        var features = FaceFeatures.Measure(shaded, 8);

        Assert.True(
            LogDensity(ColorComponent.Fit(features, All, 1, slopes: true), features).Sum()
                > LogDensity(ColorComponent.Fit(features, All, 1, slopes: false), features).Sum() + 10);
    }

    [Fact]
    public void Places_that_do_not_count_change_nothing()
    {
        var mixed = Plain(180, 130, 100);
        mixed.Fill(new(0, 0, 64, 32), new Rgb(20, 200, 90));
        var features = FaceFeatures.Measure(mixed, 8);
        float[] lower = [.. Enumerable.Range(0, 64).Select(i => i < 40 ? 0f : 1)];

        var density = LogDensity(ColorComponent.Fit(features, lower, 1, slopes: false), features);

        Assert.True(density[60] > -8);
        Assert.True(density[4] < -100);
    }

    private static float[] LogDensity(ColorComponent component, FaceFeatures features)
    {
        var density = new float[64];
        component.LogDensity(features, density);
        return density;
    }

    private static Image Plain(byte red, byte green, byte blue)
    {
        var image = new Image(64, 64);
        image.Fill(new(0, 0, 64, 64), new Rgb(red, green, blue));
        return image;
    }
}

using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class HybridHessianFilterTests
{
    private const int Side = 101;

    private static readonly HybridHessianOptions Options = new() { MinContrast = 0.1f };

    // An even valley: its structure is everywhere the mean, and b2 twice that: 1 - exp(-1 / 8).
    [Fact]
    public void An_even_valley_answers_by_its_contrast_alone()
    {
        var filtered = Apply((x, _) => x * x, Options);

        Assert.Equal(1 - Math.Exp(-1 / 8.0), filtered.Response[50, 50], 2e-3);
        Assert.Equal(0, filtered.NormalAngle[50, 50], 1e-3);
        Assert.Equal(MathF.PI / 2, MathF.Abs(Apply((_, y) => y * y, Options).NormalAngle[50, 50]), 1e-3);
    }

    // Half the curvature along it: a ratio of 0.5, so exp(-0.25 / (2 * 0.25)) of that.
    [Fact]
    public void A_bowl_answers_less_the_rounder_it_is() => Assert.Equal(
        Math.Exp(-0.5) * (1 - Math.Exp(-1 / 8.0)), Apply((x, y) => (x * x) + (0.5 * y * y), Options).Response[50, 50],
        2e-3);

    [Fact]
    public void A_bright_ridge_does_not_answer() =>
        Assert.Equal(0, Apply((x, _) => -x * x, Options).Response[50, 50]);

    // With sigma 1.2 the structure is 2 * 1.44 / 100 of a level, against b2 of 0.1.
    [Fact]
    public void The_least_contrast_holds_back_faint_lines()
    {
        var s = 2 * 1.44 / 100;

        Assert.Equal(
            1 - Math.Exp(-s * s / (2 * 0.1 * 0.1)), Apply((x, _) => x * x / 100.0, Options).Response[50, 50], 2e-3);
    }

    [Fact]
    public void The_best_of_several_scales_is_kept()
    {
        double Wide(int x, int y) => -40 * Math.Exp(-x * x / 32.0);
        var fine = Apply(Wide, Options with { ScalesPixels = [1] });
        var coarse = Apply(Wide, Options with { ScalesPixels = [4] });
        var both = Apply(Wide, Options with { ScalesPixels = [4, 1] });

        Assert.NotEqual(fine.Response.Samples.ToArray(), coarse.Response.Samples.ToArray());
        Assert.Equal(
            fine.Response.Samples.ToArray().Zip(coarse.Response.Samples.ToArray(), MathF.Max),
            both.Response.Samples.ToArray());
    }

    private static HybridHessianFilter Apply(Func<int, int, double> level, HybridHessianOptions options)
    {
        var image = new Plane<float>(Side, Side);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                image[x, y] = (float)level(x - 50, y - 50);
        var face = WorkingFace.Prepare(FaceImage.FromAligned(new Image(Side, Side)), Mask.Full(Side, Side));
        return HybridHessianFilter.Apply(face, image, options, CancellationToken.None);
    }
}

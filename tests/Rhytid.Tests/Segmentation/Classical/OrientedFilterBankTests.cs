using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class OrientedFilterBankTests
{
    private const int Side = 61;

    public static TheoryData<string> Kinds => ["gabor", "derivative"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_dark_line_answers_at_its_own_orientation(string kind)
    {
        var bank = Bank(kind);
        for (var k = 0; k < bank.Orientations; k += 2)
        {
            // Orientation k's line runs along 180 k / n + 90 degrees: its normal along 180 k / n.
            var (sin, cos) = Math.SinCos(Math.PI * k / bank.Orientations);
            var image = Image((x, y) => 128 - (60 * Math.Exp(-Math.Pow((x * cos) + (y * sin), 2) / 4)));

            var (response, orientation) = bank.Apply(image, CancellationToken.None);

            Assert.Equal(k, orientation[30, 30]);
            Assert.True(response[30, 30] > 5);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Plain_grey_answers_nowhere_and_contrast_counts_in_proportion(string kind)
    {
        var bank = Bank(kind);
        Plane<float> Response(double contrast) =>
            bank.Apply(Image((x, _) => 128 - (contrast * Math.Exp(-x * x / 4.0))), CancellationToken.None).Response;

        Assert.Equal(0, Response(0)[30, 30], 1e-3);
        Assert.Equal(3 * Response(20)[30, 30], Response(60)[30, 30], 1e-2);
    }

    // The second moment of the derivative of a Gaussian: x^2 gives 2 sigma^2.
    [Fact]
    public void A_parabola_answers_with_its_curvature_times_the_scale()
    {
        var bank = OrientedFilterBank.SecondDerivative(8, sigmaAcrossPixels: 1.5, sigmaAlongPixels: 4);

        var (response, orientation) = bank.Apply(Image((x, _) => x * x), CancellationToken.None);

        Assert.Equal(2 * 1.5 * 1.5, response[30, 30], 0.05);
        Assert.Equal(0, orientation[30, 30]);
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => Bank("gabor").Apply(Image((_, _) => 0), source.Token));
    }

    private static OrientedFilterBank Bank(string kind) => kind == "gabor"
        ? OrientedFilterBank.Gabor(12, [7], aspect: 0.5)
        : OrientedFilterBank.SecondDerivative(12, 1.5, 5);

    private static Plane<float> Image(Func<int, int, double> level)
    {
        var plane = new Plane<float>(Side, Side);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                plane[x, y] = (float)level(x - 30, y - 30);
        return plane;
    }
}

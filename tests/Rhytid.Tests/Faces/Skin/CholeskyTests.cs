using Rhytid.Faces.Skin;

namespace Rhytid.Tests.Faces.Skin;

public sealed class CholeskyTests
{
    // A = L L^T with L = [2; 1 3; -1 2 1].
    private static readonly Cholesky Factor = new(new double[,] { { 4, 0, 0 }, { 2, 10, 0 }, { -2, 5, 6 } });

    [Fact]
    public void Solves_a_linear_system()
    {
        // A * (1, 2, 3) = (2, 37, 26).
        Assert.All(
            Factor.Solve([4 + 4 - 6, 2 + 20 + 15, -2 + 10 + 18]).Zip([1.0, 2.0, 3.0]),
            pair => Assert.Equal(pair.Second, pair.First, 10));
    }

    [Fact]
    public void Knows_the_determinant_and_the_inverse_factor()
    {
        Assert.Equal(Math.Log(6), Factor.HalfLogDeterminant, 10);
        var inverse = Factor.InverseLower();
        Assert.Equal(0.5, inverse[0, 0], 10);
        Assert.Equal(-1.0 / 6, inverse[1, 0], 10);
        Assert.Equal(1.0 / 3, inverse[1, 1], 10);
        Assert.Equal(1, inverse[2, 2], 10);
        Assert.Equal(-2.0 / 3, inverse[2, 1], 10);
        Assert.Equal(5.0 / 6, inverse[2, 0], 10);
    }
}

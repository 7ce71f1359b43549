namespace Rhytid.Faces.Skin;

/// <summary>The Cholesky factor of a small symmetric positive definite matrix.</summary>
internal sealed class Cholesky
{
    private readonly double[,] _lower;

    /// <summary>Factors a matrix; only its lower triangle is read.</summary>
    public Cholesky(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        _lower = new double[n, n];
        for (var row = 0; row < n; row++)
            for (var column = 0; column <= row; column++)
            {
                var sum = matrix[row, column];
                for (var k = 0; k < column; k++)
                    sum -= _lower[row, k] * _lower[column, k];
                _lower[row, column] = row == column
                    ? Math.Sqrt(Math.Max(sum, double.Epsilon))
                    : sum / _lower[column, column];
            }
    }

    /// <summary>Natural logarithm of the square root of the determinant.</summary>
    public double HalfLogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < _lower.GetLength(0); i++)
                sum += Math.Log(_lower[i, i]);
            return sum;
        }
    }

    /// <summary>The x with <c>matrix * x = right</c>.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var n = _lower.GetLength(0);
        var x = right.ToArray();
        for (var row = 0; row < n; row++)
        {
            for (var k = 0; k < row; k++)
                x[row] -= _lower[row, k] * x[k];
            x[row] /= _lower[row, row];
        }
        for (var row = n - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < n; k++)
                x[row] -= _lower[k, row] * x[k];
            x[row] /= _lower[row, row];
        }
        return x;
    }

    /// <summary>The inverse of the factor, which whitens: lower triangular.</summary>
    public double[,] InverseLower()
    {
        var n = _lower.GetLength(0);
        var inverse = new double[n, n];
        for (var column = 0; column < n; column++)
            for (var row = column; row < n; row++)
            {
                var sum = row == column ? 1.0 : 0.0;
                for (var k = column; k < row; k++)
                    sum -= _lower[row, k] * inverse[k, column];
                inverse[row, column] = sum / _lower[row, row];
            }
        return inverse;
    }
}

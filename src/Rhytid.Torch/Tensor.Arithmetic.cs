namespace Rhytid.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>Element-wise sum; sizes of 1 are repeated.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => Ops.Add.Call(left, right);

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(Tensor left, double right) => Ops.AddScalar.Call(left, right);

    /// <summary>Element-wise difference; sizes of 1 are repeated.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => Ops.Sub.Call(left, right);

    /// <summary>Difference from a number.</summary>
    public static Tensor operator -(Tensor left, double right) => Ops.SubScalar.Call(left, right);

    /// <summary>A number less a tensor.</summary>
    public static Tensor operator -(double left, Tensor right) => Ops.Rsub.Call(right, left);

    /// <summary>The negative.</summary>
    public static Tensor operator -(Tensor value) => Ops.Neg.Call(value);

    /// <summary>Element-wise product; sizes of 1 are repeated.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => Ops.Mul.Call(left, right);

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(Tensor left, double right) => Ops.MulScalar.Call(left, right);

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(double left, Tensor right) => Ops.MulScalar.Call(right, left);

    /// <summary>Element-wise quotient; sizes of 1 are repeated.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => Ops.Div.Call(left, right);

    /// <summary>Quotient by a number.</summary>
    public static Tensor operator /(Tensor left, double right) => Ops.DivScalar.Call(left, right);

    /// <summary>Matrix product over the last two dimensions.</summary>
    public Tensor MatMul(Tensor right) => Ops.MatMul.Call(this, right);

    /// <summary>e to the power of each element.</summary>
    public Tensor Exp() => Ops.Exp.Call(this);

    /// <summary>Natural logarithm.</summary>
    public Tensor Log() => Ops.Log.Call(this);

    /// <summary>The nearest whole number, halves to the even one.</summary>
    public Tensor Round() => Ops.Round.Call(this);

    /// <summary>Square root.</summary>
    public Tensor Sqrt() => Ops.Sqrt.Call(this);

    /// <summary>Absolute value.</summary>
    public Tensor Abs() => Ops.Abs.Call(this);

    /// <summary>Each element to a power.</summary>
    public Tensor Pow(double exponent) => Ops.Pow.Call(this, exponent);

    /// <summary>Each element kept within bounds.</summary>
    public Tensor Clamp(double low, double high) => Ops.Clamp.Call(this, low, high);

    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => Ops.Sum.Call(this);

    /// <summary>Sum over some dimensions.</summary>
    public Tensor Sum(long[] dimensions, bool keepDimensions = false) =>
        Ops.SumDimensions.Call(this, dimensions, keepDimensions);

    /// <summary>Logarithm of the sum of exponentials over some dimensions, computed without overflow.</summary>
    public Tensor LogSumExp(long[] dimensions, bool keepDimensions = false) =>
        Ops.LogSumExp.Call(this, dimensions, keepDimensions);

    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => Ops.Mean.Call(this);

    /// <summary>Mean over some dimensions.</summary>
    public Tensor Mean(long[] dimensions, bool keepDimensions = false) =>
        Ops.MeanDimensions.Call(this, dimensions, keepDimensions);

    /// <summary>Largest elements along some dimensions.</summary>
    public Tensor Max(long[] dimensions, bool keepDimensions = false) =>
        Ops.AMax.Call(this, dimensions, keepDimensions);

    /// <summary>Largest element.</summary>
    public Tensor Max() => Ops.Max.Call(this);

    /// <summary>Smallest element.</summary>
    public Tensor Min() => Ops.Min.Call(this);

    /// <summary>Number of the largest element along a dimension.</summary>
    public Tensor ArgMax(int dimension) => Ops.ArgMax.Call(this, dimension);

    /// <summary>True where an element is larger than a number.</summary>
    public Tensor Greater(double value) => Ops.GreaterScalar.Call(this, value);

    /// <summary>True where elements are equal.</summary>
    public Tensor EqualTo(Tensor other) => Ops.Equal.Call(this, other);

    /// <summary>True where elements differ.</summary>
    public Tensor NotEqualTo(Tensor other) => Ops.NotEqual.Call(this, other);

    /// <summary>The elements, replaced by a value where a mask is true.</summary>
    public Tensor MaskedFill(Tensor mask, double value) => Ops.MaskedFill.Call(this, mask, value);

    /// <summary>True when all elements of both are equal to within a tolerance.</summary>
    public bool AllClose(Tensor other, double relative = 1e-5, double absolute = 1e-8) =>
        Ops.AllClose.CallNumber(this, other, relative, absolute) != 0;

    /// <summary>Adds to this tensor, in place.</summary>
    public Tensor AddInPlace(Tensor other, double factor = 1)
    {
        Ops.AddInPlace.Run(this, other, factor);
        return this;
    }

    /// <summary>Multiplies this tensor by a number, in place.</summary>
    public Tensor MulInPlace(double factor)
    {
        Ops.MulScalarInPlace.Run(this, factor);
        return this;
    }

    /// <summary>Sets every element, in place.</summary>
    public Tensor FillInPlace(double value)
    {
        Ops.FillInPlace.Run(this, value);
        return this;
    }
}

namespace Rhytid.Torch.Nn;

/// <summary>A height and a width: sizes, kernels, strides, paddings. A single number stands for both.</summary>
/// <param name="Height">Rows, or the vertical value.</param>
/// <param name="Width">Columns, or the horizontal value.</param>
public readonly record struct Size2(long Height, long Width)
{
    /// <summary>The same number for both.</summary>
    public static implicit operator Size2(int both) => new(both, both);

    /// <summary>The form that operators take.</summary>
    public static implicit operator Value(Size2 size) => (Value)new[] { size.Height, size.Width };

    /// <summary>Both enlarged.</summary>
    public static Size2 operator *(Size2 size, int factor) => new(size.Height * factor, size.Width * factor);

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}";
}

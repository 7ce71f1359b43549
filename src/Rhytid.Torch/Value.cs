using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>
/// One argument of an <see cref="Operator"/>: made implicitly from a tensor, a number, a list and so on.
/// </summary>
public readonly struct Value
{
    private Value(ValueTag tag, long integer) => (Tag, Integer) = (tag, integer);

    private Value(ValueTag tag, object? reference) => (Tag, Reference) = (tag, reference);

    internal ValueTag Tag { get; }

    internal long Integer { get; }

    internal object? Reference { get; }

    /// <summary>The absent value.</summary>
    public static Value None => default;

    /// <summary>A tensor; null is the absent value.</summary>
    public static implicit operator Value(Tensor? tensor) => tensor is null ? default : new(ValueTag.Tensor, tensor);

    /// <summary>An integer.</summary>
    public static implicit operator Value(int value) => new(ValueTag.Int, value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long value) => new(ValueTag.Int, value);

    /// <summary>An integer or the absent value.</summary>
    public static implicit operator Value(long? value) => value is { } number ? new(ValueTag.Int, number) : default;

    /// <summary>A floating-point number.</summary>
    public static implicit operator Value(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Value(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    /// <summary>A list of integers; null is the absent value.</summary>
    public static implicit operator Value(long[]? values) => values is null ? default : new(ValueTag.Ints, values);

    /// <summary>A list of floating-point numbers; null is the absent value.</summary>
    public static implicit operator Value(double[]? values) => values is null ? default : new(ValueTag.Doubles, values);

    /// <summary>A list of truth values; null is the absent value.</summary>
    public static implicit operator Value(bool[]? values) => values is null ? default : new(ValueTag.Bools, values);

    /// <summary>A list of tensors, in which null stands for an absent one.</summary>
    public static implicit operator Value(Tensor?[]? tensors) =>
        tensors is null ? default : new(ValueTag.Tensors, tensors);

    /// <summary>A text; null is the absent value.</summary>
    public static implicit operator Value(string? text) => text is null ? default : new(ValueTag.String, text);

    /// <summary>An element type.</summary>
    public static implicit operator Value(DType type) => new(ValueTag.Int, (long)type);

    /// <summary>An element type or the absent value.</summary>
    public static implicit operator Value(DType? type) => type is { } known ? new(ValueTag.Int, (long)known) : default;

    /// <summary>A memory format.</summary>
    public static implicit operator Value(MemoryFormat format) => new(ValueTag.Int, (long)format);

    /// <summary>A device.</summary>
    public static implicit operator Value(Device device) => new(ValueTag.Device, device.Code);

    /// <summary>Something that another operator returned and that is no tensor, such as packed weights.</summary>
    public static implicit operator Value(TorchObject? value) => value is null ? default : new(ValueTag.Object, value);
}

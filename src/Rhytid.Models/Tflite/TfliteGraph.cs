using System.Runtime.InteropServices;
using Rhytid.Torch;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>
/// What the steps of a network ask about its model; wrong answers are <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class TfliteGraph(TfliteModel model)
{
    // Weights may be shared, as files do to save space; but not so that a small file takes much memory.
    private const long BaseWeightBytes = 1 << 20;
    private long _weightBytesLeft = BaseWeightBytes + (4L * model.FileBytes);

    public IReadOnlyList<int> Shape(int tensor) => model.Tensors[tensor].Shape;

    public long Count(int tensor) => model.Tensors[tensor].Count;

    /// <summary>Refuses what is no image of single precision.</summary>
    public void RequireImage(int tensor, string what)
    {
        var value = model.Tensors[tensor];
        if (value.Type != DType.Float32 || value.Shape.Count != 4)
            throw new InvalidDataException(
                $"{what} '{value.Name}' is {value.Type?.ToString() ?? "of an unknown type"} with {value.Shape.Count} dimensions; Float32 with 4 is supported");
    }

    public static void RequireInputs(TfliteOperator from, int least, int most)
    {
        if (from.Inputs.Count < least || from.Inputs.Count > most)
            throw new InvalidDataException($"an operator {from.Name} has {from.Inputs.Count} inputs");
    }

    /// <summary>Refuses a result whose shape in the file is not the computed one.</summary>
    public void RequireShape(TfliteOperator from, long[] computed)
    {
        var declared = Shape(from.Outputs[0]);
        if (!declared.Select(size => (long)size).SequenceEqual(computed))
            throw new InvalidDataException(
                $"an operator {from.Name} gives {string.Join(" x ", computed)} values, but the file says {string.Join(" x ", declared)}");
    }

    public int Operand(TfliteOperator from, int index, bool computed)
    {
        if (index >= from.Inputs.Count || from.Inputs[index] < 0)
            throw new InvalidDataException($"an operator {from.Name} lacks input {index}");
        var number = from.Inputs[index];
        if (model.Tensors[number].IsConstant == computed)
            throw new InvalidDataException(
                $"an operator {from.Name} has '{model.Tensors[number].Name}' as input {index}, which must {(computed ? "not " : "")}be a constant");
        if (computed)
            RequireImage(number, $"an input of {from.Name},");
        return number;
    }

    public int Result(TfliteOperator from)
    {
        if (from.Outputs.Count != 1)
            throw new InvalidDataException($"an operator {from.Name} has {from.Outputs.Count} outputs instead of one");
        RequireImage(from.Outputs[0], $"the output of {from.Name},");
        return from.Outputs[0];
    }

    public TfliteTensor Constant(TfliteOperator from, int index, int? rank)
    {
        var tensor = model.Tensors[Operand(from, index, computed: false)];
        if (tensor.Type != DType.Float32)
            throw new InvalidDataException(
                $"weights '{tensor.Name}' of {from.Name} are {tensor.Type?.ToString() ?? "of an unknown type"}; Float32 is supported, so take the model's full-precision file");
        if (rank is { } wanted && tensor.Shape.Count != wanted)
            throw new InvalidDataException(
                $"weights '{tensor.Name}' of {from.Name} have {tensor.Shape.Count} dimensions instead of {wanted}");
        return tensor;
    }

    /// <summary>The eight numbers of a PAD operator: before and after for each dimension.</summary>
    public long[] Paddings(TfliteOperator from, int index)
    {
        var tensor = model.Tensors[Operand(from, index, computed: false)];
        if (!tensor.Shape.SequenceEqual([4, 2]))
            throw new InvalidDataException(
                $"an operator {from.Name} has paddings of {string.Join(" x ", tensor.Shape)} instead of 4 x 2");
        var bytes = tensor.Data!.Value.Span;
        long[] paddings = tensor.Type switch
        {
            DType.Int32 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), value => (long)value),
            DType.Int64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            _ => throw new InvalidDataException($"an operator {from.Name} has paddings that are no integers"),
        };
        if (Array.Exists(paddings, value => value is < 0 or > TfliteModel.MaxElements))
            throw new InvalidDataException($"an operator {from.Name} has impossible paddings");
        return paddings;
    }

    /// <summary>
    /// A constant as a tensor of its own, dimensions in another order; flat without one. The step disposes it.
    /// </summary>
    public Tensor Weights(TfliteTensor constant, long[]? order)
    {
        _weightBytesLeft -= constant.Data!.Value.Length;
        if (_weightBytesLeft < 0)
            throw new InvalidDataException("its operators share so many weights that they would not fit in memory");
        using var scope = TensorScope.Begin();
        var tensor = Tensor.FromBytes(
            constant.Data.Value.Span, DType.Float32,
            order is null ? [constant.Count] : [.. constant.Shape.Select(size => (long)size)]);
        if (order is { Length: > 1 })
            tensor = tensor.Permute(order).Contiguous(MemoryFormat.ChannelsLast);
        return scope.MoveOut(tensor).Keep();
    }
}

using Rhytid.Torch;
using Rhytid.Torch.Native;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>
/// One forward pass of a network: the operators that depend on its input, in the order of their calls.
/// </summary>
/// <remarks>
/// What does not depend on the input (parameters, and what is computed of them) is a constant: its elements are taken
/// where an operator first reads it.
/// </remarks>
internal sealed class ForwardRecording : OperatorObserver
{
    private readonly Dictionary<Tensor, RecordedValue> _values = [];
    private readonly Dictionary<Tensor, RecordedConstant> _constants = [];
    private readonly List<RecordedCall> _calls = [];
    private int _count;

    private ForwardRecording(Network network)
    {
        foreach (var entry in network.Parameters.Entries)
            _constants[entry.Tensor] = new RecordedConstant(entry.Name, () => entry.Tensor.ToStored(entry.Name));
    }

    /// <summary>The calls; <see cref="Input"/> is the only value that none of them makes.</summary>
    public IReadOnlyList<RecordedCall> Calls => _calls;

    /// <summary>The images.</summary>
    public RecordedValue Input { get; private set; } = null!;

    /// <summary>The logits.</summary>
    public RecordedValue Output { get; private set; } = null!;

    /// <summary>Runs a network on an empty image and keeps what it calls.</summary>
    /// <param name="network">In evaluation, not prepared for speed: its fast kernels are no operators.</param>
    /// <param name="shape">(N, C, H, W).</param>
    public static ForwardRecording Make(Network network, params long[] shape)
    {
        if (network.Parameters.IsOptimized)
            throw new ArgumentException(
                "a network that was prepared for evaluation cannot be exported; load it again", nameof(network));
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        network.Parameters.Eval();
        var images = Tensor.Zeros(shape);
        var recording = new ForwardRecording(network);
        recording.Input = recording.Add(images);
        Tensor? logits = null;
        recording.Observe(() => logits = network.Forward(images));
        recording.Output = recording._values[logits!];
        return recording;
    }

    /// <inheritdoc/>
    public override void Called(string name, ReadOnlySpan<Value> arguments, ReadOnlySpan<Tensor?> results)
    {
        var dependsOnInput = false;
        foreach (var argument in arguments)
            dependsOnInput |= DependsOnInput(argument.Reference);
        if (!dependsOnInput)
            return;
        var recorded = new object?[arguments.Length];
        for (var i = 0; i < recorded.Length; i++)
            recorded[i] = Record(arguments[i]);
        var made = new List<RecordedValue>();
        if (IsInPlace(name))
        {
            // Its first argument is from now on what it returns.
            var target = (Tensor)arguments[0].Reference!;
            if (!_values.ContainsKey(target))
                throw new NotSupportedException($"{name} writes into a constant, which cannot be exported");
            made.Add(Add(target));
            foreach (var result in results)
                if (result is not null)
                    _values[result] = made[0];
        }
        else
        {
            foreach (var result in results)
                if (result is not null)
                    made.Add(Add(result));
        }
        _calls.Add(new RecordedCall(name, recorded, [.. made]));
    }

    // The underscore at the end of an operator's name, as in aten::add_.Tensor.
    private static bool IsInPlace(string name) => name.Split('.')[0].EndsWith('_');

    private RecordedValue Add(Tensor tensor) =>
        _values[tensor] = new RecordedValue(_count++, [.. tensor.Shape.Select(size => new RecordedInteger(size))]);

    private bool DependsOnInput(object? reference) => reference switch
    {
        Tensor tensor => _values.ContainsKey(tensor),
        Tensor?[] tensors => Array.Exists(tensors, tensor => tensor is not null && _values.ContainsKey(tensor)),
        _ => false,
    };

    private object? Record(Value value) => value.Tag switch
    {
        ValueTag.Tensor => Record((Tensor)value.Reference!),
        ValueTag.Tensors => Array.ConvertAll(
            (Tensor?[])value.Reference!, tensor => tensor is null ? null : Record(tensor)),
        ValueTag.Int => new RecordedInteger(value.Integer),
        ValueTag.Ints => Array.ConvertAll((long[])value.Reference!, number => new RecordedInteger(number)),
        ValueTag.Double => BitConverter.Int64BitsToDouble(value.Integer),
        ValueTag.Bool => value.Integer != 0,
        ValueTag.String => value.Reference,
        _ => null,
    };

    private object Record(Tensor tensor)
    {
        if (_values.TryGetValue(tensor, out var value))
            return value;
        if (_constants.TryGetValue(tensor, out var constant))
            return constant;
        var stored = tensor.ToStored("");
        return _constants[tensor] = new RecordedConstant(null, () => stored);
    }
}

/// <summary>An operator's call, or the same call at several sizes of the input.</summary>
/// <param name="Operator">Its name with overload.</param>
/// <param name="Arguments">
/// Each a <see cref="RecordedValue"/>, a <see cref="RecordedConstant"/>, an <see cref="RecordedInteger"/>, an array of one of
/// these, a double, a bool, a string, or null.
/// </param>
/// <param name="Results">What it made.</param>
internal sealed record RecordedCall(string Operator, object?[] Arguments, RecordedValue[] Results);

/// <summary>A tensor that depends on the input.</summary>
/// <param name="Number">Its place in the order of making; the input's is 0.</param>
/// <param name="Shape">Sizes, outermost first.</param>
internal sealed record RecordedValue(int Number, RecordedInteger[] Shape);

/// <summary>A tensor that does not depend on the input.</summary>
/// <param name="Name">The parameter's key, or null for what was computed.</param>
/// <param name="Read">Copies its elements.</param>
internal sealed record RecordedConstant(string? Name, Func<StoredTensor> Read);

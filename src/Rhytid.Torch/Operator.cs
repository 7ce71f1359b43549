using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>One entry of libtorch's operator table, called with a checked list of values.</summary>
/// <remarks>
/// Every call goes through the operator's schema: a wrong number or type of arguments is a
/// <see cref="TorchException"/>, never undefined behaviour. Missing arguments at the end take the schema's defaults.
/// Arguments are positional.
/// </remarks>
/// <example><code>var sum = Operator.Get("aten::add.Tensor").Call(a, b);</code></example>
public sealed unsafe class Operator
{
    private const int MaxResults = 8;
    private static readonly ConcurrentDictionary<string, Operator> Known = new(StringComparer.Ordinal);
    private readonly nint _handle;

    static Operator() => TorchRuntime.Initialize();

    private Operator(string name, nint handle) => (Name, _handle) = (name, handle);

    /// <summary>Name with overload, as in "aten::add.Tensor".</summary>
    public string Name { get; }

    /// <summary>The operator's signature, as libtorch writes it.</summary>
    public string Schema => TorchCall.Text(TorchLibrary.rt_schema(_handle));

    /// <summary>Finds an operator by its name, with the overload after a dot: "aten::add.Tensor".</summary>
    /// <exception cref="TorchException">This libtorch has no such operator.</exception>
    public static Operator Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Known.GetOrAdd(
            name, static key => TryFind(key) ?? throw new TorchException(key, "this libtorch has no such operator"));
    }

    /// <summary>Says whether this libtorch has an operator; versions and builds differ.</summary>
    public static bool Exists(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Known.ContainsKey(name))
            return true;
        if (TryFind(name) is not { } found)
            return false;
        Known.TryAdd(name, found);
        return true;
    }

    /// <summary>Calls the operator and returns its first result, a tensor.</summary>
    /// <exception cref="TorchException">libtorch refused the arguments or the computation.</exception>
    /// <exception cref="OperationCanceledException">The current <see cref="TensorScope"/> was cancelled.</exception>
    public Tensor Call(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        var count = Invoke(arguments, results);
        var first = count > 0 ? Take(results[0]) : null;
        for (var i = 1; i < count; i++)
            Release(results[i]);
        OperatorObserver.Current?.Called(Name, arguments, [first as Tensor]);
        return first switch
        {
            Tensor tensor => tensor,
            Tensor?[] list when Array.TrueForAll(list, t => t is null) =>
                throw new TorchException(Name, "returned no tensor"),
            _ => throw new TorchException(Name, "does not return a tensor"),
        };
    }

    /// <summary>Calls an operator that works in place on lists or returns nothing of interest.</summary>
    public void Run(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        var count = Invoke(arguments, results);
        for (var i = 0; i < count; i++)
            Release(results[i]);
        OperatorObserver.Current?.Called(Name, arguments, []);
    }

    /// <summary>Calls an operator with several results, or with a list of tensors as its result.</summary>
    /// <returns>The tensors in order; null where libtorch left one out.</returns>
    public Tensor?[] CallMany(params ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        var count = Invoke(arguments, results);
        var tensors = new List<Tensor?>(count);
        for (var i = 0; i < count; i++)
        {
            switch (Take(results[i]))
            {
                case Tensor tensor: tensors.Add(tensor); break;
                case Tensor?[] list: tensors.AddRange(list); break;
                case null: tensors.Add(null); break;
                default: break; // numbers beside tensors are of no interest here
            }
        }
        OperatorObserver.Current?.Called(Name, arguments, [.. tensors]);
        return [.. tensors];
    }

    /// <summary>Calls an operator that returns a number, as <c>aten::item</c> does.</summary>
    public double CallNumber(params ReadOnlySpan<Value> arguments) => CallOther(arguments) switch
    {
        double real => real,
        long integer => integer,
        bool truth => truth ? 1 : 0,
        _ => throw new TorchException(Name, "does not return a number"),
    };

    /// <summary>Calls an operator that returns an object, such as packed weights.</summary>
    public TorchObject CallObject(params ReadOnlySpan<Value> arguments) =>
        CallOther(arguments) as TorchObject ?? throw new TorchException(Name, "does not return an object");

    /// <inheritdoc/>
    public override string ToString() => Schema;

    /// <summary>Every operator of this libtorch, with its overload after a dot.</summary>
    internal static string[] Names =>
        TorchCall.Text(TorchLibrary.rt_operators()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Operator? TryFind(string name)
    {
        // A NUL ends a name for libtorch, so what stands behind it would be ignored.
        if (name.Contains('\0', StringComparison.Ordinal))
            return null;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (plain, overload) = dot < 0 ? (name, "") : (name[..dot], name[(dot + 1)..]);
        return TorchLibrary.rt_find(plain, overload, out var handle) == 0 ? new Operator(name, handle) : null;
    }

    private object? CallOther(ReadOnlySpan<Value> arguments)
    {
        var results = stackalloc NativeValue[MaxResults];
        var count = Invoke(arguments, results);
        for (var i = 1; i < count; i++)
            Release(results[i]);
        return count > 0 ? Take(results[0]) : null;
    }

    private int Invoke(ReadOnlySpan<Value> arguments, NativeValue* results)
    {
        TensorScope.ThrowIfCancelled();
        if (arguments.Length > 64)
            throw new TorchException(Name, "more arguments than any operator takes");
        var stack = stackalloc NativeValue[arguments.Length];
        var call = new ArgumentMarshaller(Name);
        try
        {
            for (var i = 0; i < arguments.Length; i++)
                stack[i] = call.Marshal(arguments[i], i);
            if (TorchLibrary.rt_call(_handle, stack, arguments.Length, results, MaxResults, out var count) != 0)
            {
                var message = TorchCall.LastError();
                for (var i = 0; i < count; i++)
                    Release(results[i]);
                throw new TorchException(Name, message);
            }
            return count;
        }
        finally
        {
            call.Release();
        }
    }

    private static object? Take(NativeValue value)
    {
        switch (value.Tag)
        {
            case ValueTag.Tensor: return value.Pointer == 0 ? null : Tensor.Own(value.Pointer);
            case ValueTag.Int: return value.Integer;
            case ValueTag.Double: return value.Real;
            case ValueTag.Bool: return value.Integer != 0;
            case ValueTag.Object: return new TorchObject(value.Pointer);
            case ValueTag.Tensors:
                var handles = new ReadOnlySpan<nint>((void*)value.Pointer, value.Size);
                var tensors = new Tensor?[value.Size];
                for (var i = 0; i < tensors.Length; i++)
                    tensors[i] = handles[i] == 0 ? null : Tensor.Own(handles[i]);
                TorchLibrary.rt_list_free(value.Pointer);
                return tensors;
            default: return null;
        }
    }

    private static void Release(NativeValue value)
    {
        if (value.Tag == ValueTag.Tensor && value.Pointer != 0)
            TorchLibrary.rt_free(value.Pointer);
        else if (value.Tag == ValueTag.Object)
            TorchLibrary.rt_object_free(value.Pointer);
        else if (value.Tag == ValueTag.Tensors)
        {
            foreach (var handle in new ReadOnlySpan<nint>((void*)value.Pointer, value.Size))
                if (handle != 0)
                    TorchLibrary.rt_free(handle);
            TorchLibrary.rt_list_free(value.Pointer);
        }
    }

    /// <summary>Turns managed values into native ones and keeps what they point to alive for one call.</summary>
    private ref struct ArgumentMarshaller(string operation)
    {
        private List<SafeHandle>? _held;
        private List<nint>? _memory;
        private SafeHandle? _first;
        private SafeHandle? _second;
        private SafeHandle? _third;

        public NativeValue Marshal(Value value, int position)
        {
            var native = new NativeValue { Tag = value.Tag, Integer = value.Integer };
            switch (value.Reference)
            {
                case Tensor tensor:
                    native.Pointer = Hold(tensor.Handle, position);
                    break;
                case TorchObject other:
                    native.Pointer = Hold(other.Handle, position);
                    break;
                case long[] integers:
                    native.Size = integers.Length;
                    native.Pointer = Copy(MemoryMarshal.AsBytes<long>(integers));
                    break;
                case double[] reals:
                    native.Size = reals.Length;
                    native.Pointer = Copy(MemoryMarshal.AsBytes<double>(reals));
                    break;
                case bool[] truths:
                    native.Size = truths.Length;
                    native.Pointer = Copy(MemoryMarshal.AsBytes<bool>(truths));
                    break;
                case Tensor?[] tensors:
                    native.Size = tensors.Length;
                    var handles = new nint[tensors.Length];
                    for (var i = 0; i < tensors.Length; i++)
                        handles[i] = tensors[i] is { } element ? Hold(element.Handle, position) : 0;
                    native.Pointer = Copy(MemoryMarshal.AsBytes<nint>(handles));
                    break;
                case string text:
                    var bytes = Encoding.UTF8.GetBytes(text);
                    native.Size = bytes.Length;
                    native.Pointer = Copy(bytes);
                    break;
                default:
                    break;
            }
            return native;
        }

        public readonly void Release()
        {
            _first?.DangerousRelease();
            _second?.DangerousRelease();
            _third?.DangerousRelease();
            if (_held is not null)
                foreach (var handle in _held)
                    handle.DangerousRelease();
            if (_memory is not null)
                foreach (var block in _memory)
                    NativeMemory.Free((void*)block);
        }

        // A handle that another thread disposes during the call stays open until the call ends.
        private nint Hold(SafeHandle handle, int position)
        {
            var held = false;
            try
            {
                handle.DangerousAddRef(ref held);
            }
            catch (ObjectDisposedException)
            {
                throw new TorchException(operation, $"argument {position + 1} was disposed");
            }
            if (_first is null)
                _first = handle;
            else if (_second is null)
                _second = handle;
            else if (_third is null)
                _third = handle;
            else
                (_held ??= []).Add(handle);
            return handle.DangerousGetHandle();
        }

        private nint Copy(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty)
                return 0;
            var block = NativeMemory.Alloc((nuint)bytes.Length);
            (_memory ??= []).Add((nint)block);
            bytes.CopyTo(new Span<byte>(block, bytes.Length));
            return (nint)block;
        }
    }
}

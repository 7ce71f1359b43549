using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Numerics;
using System.Text;

namespace Rhytid.Torch.Serialization.Pickle;

/// <summary>
/// The Python names that mean something here, and what they make: tensors, storages, containers, and inert values that
/// training scripts put beside them. Every other name is refused by its own name.
/// </summary>
internal sealed class PickleGlobals
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
        "torch._utils._rebuild_parameter",
            "torch._utils._rebuild_parameter_with_state", "torch._tensor._rebuild_from_type_v2",
            "torch.Tensor",
                "torch.nn.parameter.Parameter", "torch.Size", "torch.device", "torch.serialization._get_layout",
                "collections.OrderedDict", "collections.defaultdict", "collections.Counter",
                "builtins.dict", "builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset",
                "builtins.int",
                    "builtins.float", "builtins.str", "builtins.bool", "builtins.bytes", "builtins.bytearray",
                    "argparse.Namespace", "types.SimpleNamespace",
                    "pathlib.Path",
                        "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib.PureWindowsPath",
                        "_codecs.encode",
                        "numpy.dtype", "numpy.ndarray",
                        "numpy.core.multiarray.scalar",
                            "numpy.core.multiarray._reconstruct", "numpy.core.numeric._frombuffer");

    private static readonly FrozenDictionary<string, DType?> StorageTypes = new Dictionary<string, DType?>
    {
        ["FloatStorage"] = DType.Float32,
        ["DoubleStorage"] = DType.Float64,
        ["HalfStorage"] = DType.Float16,
        ["BFloat16Storage"] = DType.BFloat16,
        ["LongStorage"] = DType.Int64,
        ["IntStorage"] = DType.Int32,
        ["ShortStorage"] = DType.Int16,
        ["CharStorage"] = DType.Int8,
        ["ByteStorage"] = DType.UInt8,
        ["BoolStorage"] = DType.Bool,
        ["UntypedStorage"] = null,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, DType?> TorchTypes = new Dictionary<string, DType?>
    {
        ["float32"] = DType.Float32,
        ["float64"] = DType.Float64,
        ["float16"] = DType.Float16,
        ["bfloat16"] = DType.BFloat16,
        ["int64"] = DType.Int64,
        ["int32"] = DType.Int32,
        ["int16"] = DType.Int16,
        ["int8"] = DType.Int8,
        ["uint8"] = DType.UInt8,
        ["bool"] = DType.Bool,
        ["complex64"] = null,
        ["complex128"] = null,
        ["uint16"] = null,
        ["uint32"] = null,
        ["uint64"] = null,
        ["float8_e4m3fn"] = null,
        ["float8_e5m2"] = null,
    }.ToFrozenDictionary();

    private static readonly string[] ElementTypePrefixes = ["float", "int", "uint", "complex", "qint", "quint", "bits"];

    private readonly Dictionary<string, PickleStorage> _storages = [];

    public IReadOnlyDictionary<string, PickleStorage> Storages => _storages;

    /// <summary>The meaning of a name.</summary>
    /// <exception cref="InvalidDataException">It has none here.</exception>
    public static object Resolve(string module, string name)
    {
        module = module switch
        {
            "__builtin__" => "builtins",
            _ when module.StartsWith("numpy._core.", StringComparison.Ordinal) =>
                "numpy.core." + module["numpy._core.".Length..],
            _ => module,
        };
        var full = $"{module}.{name}";
        if (Known.Contains(full)
            || (module is "torch" or "torch.cuda" or "torch.storage" && StorageTypes.ContainsKey(name)))
            return new PickleGlobal(full);
        if (module == "torch" && TorchTypes.TryGetValue(name, out var type))
            return new PickleTorchType(full, type);
        throw Refusal(module, Printable.Clip(full), Printable.Clip(name));
    }

    /// <summary>What Python's call would make, as dead data.</summary>
    public static object? Call(PickleGlobal callable, object?[] arguments) => callable.Name switch
    {
        "torch._utils._rebuild_tensor"
            or "torch._utils._rebuild_tensor_v2" when arguments is [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..] =>
            Tensor(storage, storage.Type, offset, shape, strides),
        "torch._utils._rebuild_tensor_v3" when arguments is [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, _, _, PickleTorchType type, ..] =>
            Tensor(storage, type.Type ?? throw Unreadable(type.Name), offset, shape, strides),
        "torch._utils._rebuild_parameter"
            or "torch._utils._rebuild_parameter_with_state" when arguments is [PickleTensor tensor, ..] => tensor,
        "torch._tensor._rebuild_from_type_v2" when arguments is [PickleGlobal inner, PickleGlobal { Name: "torch.Tensor"
            or "torch.nn.parameter.Parameter" }, PickleTuple items, ..]
            && inner.Name.StartsWith("torch._utils.", StringComparison.Ordinal) => Call(inner, items.Items),

        "torch.Size" when arguments is [PickleTuple sizes] => sizes,
        "torch.device" when arguments is [string kind, .. var index] =>
            new PickleText(index is [long number] ? $"{kind}:{number}" : kind),
        "torch.serialization._get_layout" when arguments is [string layout] => new PickleText(layout),

        "collections.OrderedDict" or "builtins.dict" when arguments is [] => new PickleDict(),
        "collections.OrderedDict" or "builtins.dict" or "collections.Counter" when arguments is [var items] =>
            Dictionary(items),
        "collections.Counter" or "collections.defaultdict" => new PickleDict(),
        "argparse.Namespace" or "types.SimpleNamespace" when arguments is [] => new PickleDict(isNamespace: true),
        "builtins.set" or "builtins.frozenset" or "builtins.list" when arguments is [PickleList items] => items,
        "builtins.set" or "builtins.frozenset" or "builtins.list" when arguments is [] => new PickleList(),
        "builtins.bytearray" when arguments is [byte[] bytes] => bytes,
        "pathlib.Path" or "pathlib.PosixPath" or "pathlib.PurePosixPath" or "pathlib.WindowsPath"
            or "pathlib.PureWindowsPath" => JoinPath(arguments),
        "_codecs.encode" when arguments is [string text, "latin1" or "latin-1"] => Encoding.Latin1.GetBytes(text),

        "numpy.dtype" when arguments is [string code, ..] => new PickleNumpyType(code),
        "numpy.core.multiarray.scalar" when arguments is [PickleNumpyType type, byte[] bytes] =>
            NumpyScalar(type, bytes),
        // Python 2
        "numpy.core.multiarray.scalar" when arguments is [PickleNumpyType type, string text] =>
            NumpyScalar(type, Encoding.Latin1.GetBytes(text)),
        "numpy.core.multiarray._reconstruct" => new PickleNumpyArray(),
        "numpy.core.numeric._frombuffer" when arguments is [_, PickleNumpyType type, PickleTuple shape, ..] =>
            DescribeArray(new PickleNumpyArray(), shape, type),

        var name => throw new InvalidDataException($"the pickle in the file uses {name} in a way that is not known"),
    };

    /// <summary>Python's __setstate__: only for the objects that are nothing but their values.</summary>
    public static object? Build(object? target, object? state)
    {
        switch (target)
        {
            case PickleDict { IsNamespace: true } names when state is PickleDict values:
                names.Items.AddRange(values.Items);
                return names;
            case PickleDict or PickleTensor:
                return target; // attributes of a dictionary (_metadata) or of a parameter say nothing about values
            case PickleNumpyType type:
                if (state is PickleTuple { Items: [_, ">", ..] })
                    throw new InvalidDataException("the file holds big-endian NumPy values, which are not read");
                return type;
            case PickleNumpyArray array when state is PickleTuple { Items: [_, PickleTuple shape, PickleNumpyType type, ..] }:
                return DescribeArray(array, shape, type);
            default:
                throw new InvalidDataException("the pickle in the file is damaged: it sets the state of a plain value");
        }
    }

    /// <summary>The storage that a persistent id ('storage', type, key, location, elements[, view]) names.</summary>
    public PickleStorage Persistent(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, var key, _, long elements, .. var rest] }
            || key is not (string or long))
            throw new InvalidDataException("the pickle in the file refers to something that is no tensor storage");
        var typeName = type.Name[(type.Name.LastIndexOf('.') + 1)..];
        if (!StorageTypes.TryGetValue(typeName, out var elementType))
            throw new InvalidDataException($"the pickle in the file uses {type.Name} as a storage");
        if (rest is [not null, ..])
            throw new InvalidDataException(
                "the file uses storage views, which PyTorch wrote before 0.4; load and save it with a newer PyTorch");
        var name = key.ToString()!;
        var size = elementType?.Size() ?? 1;
        if (elements < 0 || elements > int.MaxValue / size)
            throw new InvalidDataException(
                $"storage '{Printable.Clip(name)}' has {elements} elements; readable are up to 2 GiB");
        var storage = new PickleStorage(name, elementType, (int)elements * size);
        if (!_storages.TryAdd(name, storage) && _storages[name] != storage)
            throw new InvalidDataException($"storage '{Printable.Clip(name)}' is described in two ways");
        return _storages[name];
    }

    private static PickleTensor Tensor(
        PickleStorage storage, DType? type, long offset, PickleTuple shape, PickleTuple strides)
    {
        if (type is null)
            throw new InvalidDataException("the file holds a tensor without an element type");
        var tensor = new PickleTensor(storage, type.Value, offset, Integers(shape), Integers(strides));
        StridedView.Check(tensor);
        return tensor;
    }

    private static long[] Integers(PickleTuple tuple) =>
        Array.ConvertAll(
            tuple.Items,
            item => item is long value
                ? value
                : throw new InvalidDataException("a tensor's shape in the file is no list of integers"));

    private static PickleDict Dictionary(object? items)
    {
        var result = new PickleDict();
        switch (items)
        {
            case PickleDict dict:
                result.Items.AddRange(dict.Items);
                break;
            case PickleList pairs: // [[key, value], ...], as Python 2 wrote ordered dictionaries
                foreach (var pair in pairs.Items)
                    result.Items.Add(pair switch
                    {
                        PickleList { Items: [var key, var value] } => new(key, value),
                        PickleTuple { Items: [var key, var value] } => new(key, value),
                        _ => throw new InvalidDataException(
                            "the pickle in the file makes a dictionary of something that is none"),
                    });
                break;
            default:
                throw new InvalidDataException("the pickle in the file makes a dictionary of something that is none");
        }
        return result;
    }

    private static PickleText JoinPath(object?[] parts)
    {
        var text = string.Join(
            '/',
            parts.Select(part => part as string ?? throw new InvalidDataException("a path in the file is no text")));
        return new PickleText(text.StartsWith("//", StringComparison.Ordinal) ? text[1..] : text);
    }

    private static object NumpyScalar(PickleNumpyType type, byte[] bytes) => (type.Code, bytes.Length) switch
    {
        ("f8", 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ("f4", 4) => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ("f2", 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ("i8", 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ("i4", 4) => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ("i2", 2) => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ("i1", 1) => (long)(sbyte)bytes[0],
        ("u8", 8) => new BigInteger(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
        ("u4", 4) => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        ("u2", 2) => (long)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        ("u1", 1) => (long)bytes[0],
        ("b1", 1) => bytes[0] != 0,
        _ => new PickleText($"NumPy value ({Printable.Clip(type.Code)})"),
    };

    private static PickleNumpyArray DescribeArray(PickleNumpyArray array, PickleTuple shape, PickleNumpyType type)
    {
        array.Text = $"NumPy array ({Printable.Shape(Integers(shape))}, {Printable.Clip(type.Code)})";
        return array;
    }

    private static InvalidDataException Refusal(string module, string full, string name)
    {
        const string Remedy =
            "only state dictionaries (tensors in dictionaries) can be read; in Python: torch.save(model.state_dict(), path)";
        if (module == "torch._utils"
            || (module is "torch" or "torch.storage" && name.EndsWith("Storage", StringComparison.Ordinal)))
            return Unreadable(full);
        if (module == "torch" && ElementTypePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            return Unreadable(full);
        if (module.StartsWith("__torch__", StringComparison.Ordinal))
            return new InvalidDataException($"this is a TorchScript program ({full}); {Remedy}");
        // Python's habit: classes begin with a capital letter, functions do not.
        return char.IsAsciiLetterUpper(name.TrimStart('_').FirstOrDefault())
            ? new InvalidDataException($"holds an object of type {full}; {Remedy}")
            : new InvalidDataException(
                $"asks Python to run {full} while it is read, which a file of weights has no need of; nothing was run; {Remedy}");
    }

    private static InvalidDataException Unreadable(string name) =>
        new(
            $"holds a kind of tensor that is not read ({name}); readable are plain tensors of floats, integers and truth values");
}

using System.Globalization;
using System.Numerics;

namespace Rhytid.Torch.Serialization.Pickle;

/// <summary>
/// The tree that a pickle's objects form, and the flat lists of its tensors and other values. A pickle may share
/// objects and even hold itself; shared ones appear at each place, within limits, and cycles are refused.
/// </summary>
internal sealed class CheckpointTree
{
    private const int MaxDepth = 100;
    private const int MaxNodes = 1_000_000;
    private const long MaxNameCharacters = 16L << 20;

    private readonly Dictionary<PickleTensor, ReadOnlyMemory<byte>> _bytes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _names = [];
    private long _copyBudget;
    private long _nameCharacters;
    private int _nodes;

    private CheckpointTree(long fileLength) => _copyBudget = (16L << 20) + (4 * fileLength);

    public CheckpointNode Root { get; private set; } = new ValueNode(null);

    public List<StoredTensor> Tensors { get; } = [];

    public List<KeyValuePair<string, string>> Other { get; } = [];

    /// <param name="root">A pickle's value with filled storages.</param>
    /// <param name="fileLength">Copies of views may be a few times as large.</param>
    /// <exception cref="InvalidDataException">Too deep, too much, a cycle, or two tensors of one name.</exception>
    public static CheckpointTree Build(object? root, long fileLength)
    {
        var tree = new CheckpointTree(fileLength);
        tree.Root = tree.Convert(root, root is PickleTensor ? "tensor" : "", 0);
        tree.ListOther(tree.Root, "");
        return tree;
    }

    private CheckpointNode Convert(object? value, string path, int depth)
    {
        if (++_nodes > MaxNodes)
            throw new InvalidDataException($"the file holds more than {MaxNodes} values");
        if (depth > MaxDepth)
            throw new InvalidDataException($"the file's dictionaries lie more than {MaxDepth} deep in each other");
        switch (value)
        {
            case PickleTensor tensor:
                return new TensorNode(Store(tensor, path));
            case PickleDict dict:
                Enter(value);
                var entries =
                    Entries(dict).ConvertAll(
                        entry =>
                            new KeyValuePair<string, CheckpointNode>(
                                entry.Key, Convert(entry.Value, Join(path, entry.Key), depth + 1)));
                _open.Remove(value);
                return new DictionaryNode(entries);
            case PickleList list:
                Enter(value);
                var items = ConvertItems(list.Items, path, depth);
                _open.Remove(value);
                return items;
            case PickleTuple tuple:
                return ConvertItems(tuple.Items, path, depth);
            default:
                return new ValueNode(Inert(value));
        }
    }

    private void Enter(object container)
    {
        if (!_open.Add(container))
            throw new InvalidDataException("a dictionary or list in the file holds itself");
    }

    private ListNode ConvertItems(IReadOnlyList<object?> values, string path, int depth)
    {
        var items = new List<CheckpointNode>(Math.Min(values.Count, MaxNodes - _nodes));
        for (var i = 0; i < values.Count; i++)
        {
            // Names are for tensors and what holds them; long lists of numbers need none.
            var named = values[i] is PickleTensor or PickleDict or PickleList or PickleTuple;
            items.Add(
                Convert(values[i], named ? Join(path, i.ToString(CultureInfo.InvariantCulture)) : path, depth + 1));
        }
        return new ListNode(items);
    }

    // As in Python, a key that is set again keeps its place and takes the new value.
    private static List<KeyValuePair<string, object?>> Entries(PickleDict dict)
    {
        var places = new Dictionary<object, int>();
        var entries = new List<KeyValuePair<string, object?>>(dict.Items.Count);
        foreach (var (key, value) in dict.Items)
        {
            var entry = new KeyValuePair<string, object?>(KeyText(key), value);
            if (places.TryAdd(key ?? typeof(void), entries.Count))
                entries.Add(entry);
            else
                entries[places[key ?? typeof(void)]] = entry;
        }
        return entries;
    }

    private static string KeyText(object? key) => key switch
    {
        string text => text,
        PickleTuple tuple =>
            $"({string.Join(", ", tuple.Items.Take(8).Select(item => item is PickleTuple ? "(...)" : new ValueNode(Inert(item)).Text))})",
        PickleDict or PickleList or PickleTensor =>
            throw new InvalidDataException("a dictionary in the file has a key that no dictionary can have"),
        _ => new ValueNode(Inert(key)).Text,
    };

    private string Join(string path, string key)
    {
        _nameCharacters += path.Length + key.Length + 1;
        if (_nameCharacters > MaxNameCharacters)
            throw new InvalidDataException("the names in the file are impossibly long");
        return path.Length == 0 ? key : $"{path}.{key}";
    }

    private StoredTensor Store(PickleTensor tensor, string name)
    {
        if (!_names.Add(name))
            throw new InvalidDataException($"two tensors in the file are called '{Printable.Clip(name)}'");
        if (!_bytes.TryGetValue(tensor, out var bytes))
            _bytes[tensor] = bytes = StridedView.Contiguous(tensor, ref _copyBudget);
        Tensors.Add(new StoredTensor(name, tensor.Type, tensor.Shape, bytes));
        return Tensors[^1];
    }

    private static object? Inert(object? value) => value switch
    {
        null or bool or long or double or string or byte[] or BigInteger => value,
        PickleText text => text.Text,
        PickleTorchType type => type.Name,
        PickleGlobal global => global.Name,
        PickleNumpyType type => $"numpy.dtype {Printable.Clip(type.Code)}",
        PickleNumpyArray array => array.Text,
        PickleStorage storage => $"storage of {storage.ByteLength} bytes",
        _ => value.GetType().Name,
    };

    private void ListOther(CheckpointNode node, string path)
    {
        switch (node)
        {
            case TensorNode:
                break;
            case DictionaryNode { Entries.Count: > 0 } dictionary:
                foreach (var (key, value) in dictionary.Entries)
                    ListOther(value, Join(path, key));
                break;
            case ListNode { HasTensors: true } list:
                for (var i = 0; i < list.Items.Count; i++)
                    ListOther(list.Items[i], Join(path, i.ToString(CultureInfo.InvariantCulture)));
                break;
            default:
                Other.Add(new(path, node.Text));
                break;
        }
    }
}

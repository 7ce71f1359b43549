using System.Globalization;
using System.Text;

namespace Rhytid.Torch.Serialization;

/// <summary>A value in a checkpoint: a tensor, a dictionary, a list or something inert.</summary>
public abstract record CheckpointNode
{
    private const int MaxText = 100;

    /// <summary>True where a tensor is in it or below it.</summary>
    internal abstract bool HasTensors { get; }

    /// <summary>One line for people, cut when long.</summary>
    internal string Text
    {
        get
        {
            var text = new StringBuilder();
            Write(text);
            return text.Length <= MaxText ? text.ToString() : text.ToString(0, MaxText) + "...";
        }
    }

    internal abstract void Write(StringBuilder text);

    // Stops as soon as the line is full: what is nested and shared can be endless.
    private protected static void WriteAll<T>(
        StringBuilder text, char open, IReadOnlyList<T> items, char close, Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Count && text.Length <= MaxText; i++)
        {
            if (i > 0)
                text.Append(", ");
            write(items[i]);
        }
        text.Append(close);
    }
}

/// <summary>A tensor.</summary>
/// <param name="Tensor">Its name is the way to it, joined by dots.</param>
public sealed record TensorNode(StoredTensor Tensor) : CheckpointNode
{
    internal override bool HasTensors => true;

    internal override void Write(StringBuilder text) =>
        text.Append(CultureInfo.InvariantCulture, $"tensor ({Tensor.Type}, {Printable.Shape(Tensor.Shape)})");
}

/// <summary>A dictionary in its file's order. Keys that are no text are written as text (0, True).</summary>
/// <param name="Entries">Keys and values.</param>
public sealed record DictionaryNode(IReadOnlyList<KeyValuePair<string, CheckpointNode>> Entries) : CheckpointNode
{
    internal override bool HasTensors { get; } = Entries.Any(entry => entry.Value.HasTensors);

    internal override void Write(StringBuilder text) => WriteAll(text, '{', Entries, '}', entry =>
    {
        text.Append(Printable.Clip(entry.Key)).Append(": ");
        entry.Value.Write(text);
    });
}

/// <summary>A list, a tuple or a set.</summary>
/// <param name="Items">The values.</param>
public sealed record ListNode(IReadOnlyList<CheckpointNode> Items) : CheckpointNode
{
    internal override bool HasTensors { get; } = Items.Any(item => item.HasTensors);

    internal override void Write(StringBuilder text) => WriteAll(text, '[', Items, ']', item => item.Write(text));
}

/// <summary>
/// Anything else, inert: null, bool, long, BigInteger, double, string, byte[], or the text of what has no value here.
/// </summary>
/// <param name="Value">The value.</param>
public sealed record ValueNode(object? Value) : CheckpointNode
{
    internal override bool HasTensors => false;

    internal override void Write(StringBuilder text) => text.Append(Value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string line => Printable.Clip(line),
        byte[] bytes => $"{bytes.Length} bytes",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    });
}

using System.Diagnostics.CodeAnalysis;
using Rhytid.Torch.Serialization.Pickle;

namespace Rhytid.Torch.Serialization;

/// <summary>
/// A file written by Python's torch.save (.pth, .pt), in either of its containers, read without Python and without
/// running anything that the file asks for. State dictionaries are read, alone or among other plain values; files that
/// hold whole models as Python objects are refused by the object's type.
/// </summary>
public sealed class PyTorchFile
{
    private readonly Dictionary<string, StoredTensor> _byName;

    private PyTorchFile(CheckpointFormat format, CheckpointTree tree)
    {
        (Format, Root, Tensors, Other) = (format, tree.Root, tree.Tensors, tree.Other);
        _byName = tree.Tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>Which of the two containers.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>What was saved, as a tree.</summary>
    public CheckpointNode Root { get; }

    /// <summary>
    /// All tensors, contiguous, in the file's order. A name is the way through dictionaries and lists, joined by dots
    /// ("model.inc.double_conv.0.weight"); a tensor that was saved alone is called "tensor".
    /// </summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>
    /// Everything that is no tensor (epoch, learning rate, arguments), as short text under dotted names.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Other { get; }

    /// <summary>The tensor of a dotted name.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public StoredTensor this[string name] =>
        TryGet(name, out var tensor) ? tensor : throw new KeyNotFoundException($"the file holds no tensor '{name}'");

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="CheckpointException">The file is damaged, of another kind, or holds more than tensors and plain
    /// values.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PyTorchFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return CheckpointException.Guard(path, () => Read(stream));
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="CheckpointException">As <see cref="Open"/>.</exception>
    public static PyTorchFile Parse(byte[] bytes, string name = "checkpoint")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return CheckpointException.Guard(name, () => Read(new MemoryStream(bytes, writable: false)));
    }

    /// <summary>The tensor of a dotted name, or false.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor) =>
        _byName.TryGetValue(name, out tensor);

    private static PyTorchFile Read(Stream stream)
    {
        var start = new byte[ContentSniffer.Needed];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var format = ContentSniffer.Identify(start.AsSpan(0, read), stream.Length);
        if (format is CheckpointFormat.Safetensors or CheckpointFormat.Onnx)
            throw new InvalidDataException(
                $"this is {(format == CheckpointFormat.Onnx ? "an ONNX model" : "a safetensors file")}, none of torch.save");
        stream.Position = 0;
        var root = format == CheckpointFormat.PyTorchZip ? ZipContainer.Read(stream) : LegacyContainer.Read(stream);
        return new PyTorchFile(format, CheckpointTree.Build(root, stream.Length));
    }
}

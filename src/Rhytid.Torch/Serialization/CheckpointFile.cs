using System.Diagnostics.CodeAnalysis;
using Rhytid.Torch.Serialization.Onnx;

namespace Rhytid.Torch.Serialization;

/// <summary>
/// A file with a model's tensors, of any kind that is read. The kind is told by the content; the file's name plays no
/// part. The tensors' bytes are valid until it is disposed.
/// </summary>
public sealed class CheckpointFile : IDisposable
{
    private readonly SafetensorsFile? _safetensors;
    private readonly PyTorchFile? _pyTorch;

    private CheckpointFile(SafetensorsFile file)
    {
        _safetensors = file;
        (Format, Tensors, Metadata, Other) = (CheckpointFormat.Safetensors, file.Tensors, file.Metadata, []);
    }

    private CheckpointFile(PyTorchFile file)
    {
        _pyTorch = file;
        (Format, Tensors, Metadata, Other) = (file.Format, file.Tensors, new Dictionary<string, string>(), file.Other);
    }

    private CheckpointFile(IReadOnlyList<StoredTensor> onnxWeights)
    {
        (Format, Tensors, Metadata, Other) = (CheckpointFormat.Onnx, onnxWeights, new Dictionary<string, string>(), []);
    }

    /// <summary>The file's kind.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>All tensors, in the file's order, under dotted names.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>A safetensors file's own notes; empty for the other kinds.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// What lies beside the tensors in a PyTorch file (epoch, learning rate), as short text under dotted names.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Other { get; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public StoredTensor this[string name] =>
        TryGet(name, out var tensor) ? tensor : throw new KeyNotFoundException($"the file holds no tensor '{name}'");

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or of a kind that is not read; the message says what
    /// it looks like.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CheckpointFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Identify(path) switch
        {
            CheckpointFormat.Safetensors => new CheckpointFile(SafetensorsFile.Open(path)),
            CheckpointFormat.Onnx => new CheckpointFile(OnnxFile.ReadWeights(path)),
            _ => new CheckpointFile(PyTorchFile.Open(path)),
        };
    }

    /// <summary>The tensor of a name, or false.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor)
    {
        tensor = null;
        if (_safetensors is not null)
            return _safetensors.TryGet(name, out tensor);
        if (_pyTorch is not null)
            return _pyTorch.TryGet(name, out tensor);
        tensor = Tensors.FirstOrDefault(entry => entry.Name == name);
        return tensor is not null;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _safetensors?.Dispose();

    private static CheckpointFormat Identify(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var start = new byte[ContentSniffer.Needed];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return CheckpointException.Guard(path, () => ContentSniffer.Identify(start.AsSpan(0, read), stream.Length));
    }
}

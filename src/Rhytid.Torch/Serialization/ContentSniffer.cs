using System.Buffers.Binary;
using System.Text;
using Rhytid.Torch.Serialization.Pickle;

namespace Rhytid.Torch.Serialization;

/// <summary>Tells a checkpoint's kind from its first bytes, and what else a file is that was taken for one.</summary>
internal static class ContentSniffer
{
    /// <summary>Bytes from the start of a file that are enough to tell.</summary>
    public const int Needed = 512;

    private const string Readable = "safetensors files, files of torch.save and the weights of ONNX models can be read";

    /// <param name="start">The file's first bytes, up to <see cref="Needed"/>.</param>
    /// <param name="length">The whole file's.</param>
    /// <exception cref="InvalidDataException">It is something else; the message says what it looks like.</exception>
    public static CheckpointFormat Identify(ReadOnlySpan<byte> start, long length)
    {
        if (length == 0)
            throw new InvalidDataException("the file is empty");
        if (start.StartsWith("PK\x03\x04"u8))
            return CheckpointFormat.PyTorchZip;
        if (LegacyContainer.IsMagic(start))
            return CheckpointFormat.PyTorchLegacy;
        if (start.Length > 8
            && start[8] == '{'
            && BinaryPrimitives.ReadUInt64LittleEndian(start) <= SafetensorsFile.MaxHeaderBytes)
            return CheckpointFormat.Safetensors;
        if (LooksLikeOnnx(start))
            return CheckpointFormat.Onnx;
        throw new InvalidDataException(Refusal(start));
    }

    private static string Refusal(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("version https://git-lfs"u8))
            return "this is a Git LFS pointer, not the file itself; fetch it with: git lfs pull";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]))
            return $"this is an HDF5 file (TensorFlow or Keras); {Readable}";
        if (start.Length >= 8 && start[4..].StartsWith("TFL3"u8))
            return $"this is a TensorFlow Lite model; {Readable}";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
            return "this is a NumPy array; read it with Npy.Read";
        if (start.StartsWith("GGUF"u8))
            return $"this is a GGUF file; {Readable}";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "this is a gzip archive; unpack it first: gunzip";
        if (start.Length >= 262 && start[257..].StartsWith("ustar"u8))
            return "this is a tar archive; unpack it first: tar xf (PyTorch 0.1 wrote such files too; load and save those with a newer one)";
        if (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            return "this is a Python pickle, but not one of torch.save";
        return TextRefusal(start) ?? $"this is no file of tensors ({Readable})";
    }

    // A protobuf: field 1 is the format's version, a small number; next comes the writer's name or the graph.
    private static bool LooksLikeOnnx(ReadOnlySpan<byte> start) =>
        start.Length >= 3
            && start[0] == 0x08
            && start[1] is >= 1 and <= 32
            && start[2] is 0x12 or 0x1A or 0x22 or 0x28 or 0x32 or 0x3A or 0x42;

    private static string? TextRefusal(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "this is an HTML page, not the file itself; the download went to a web page, perhaps one that asks to log in";
        if (text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
            return $"this is an XML file; {Readable}";
        if (text.StartsWith('{'))
            return "this is JSON text; an index of a model in several parts names the files that hold the tensors";
        return null;
    }
}

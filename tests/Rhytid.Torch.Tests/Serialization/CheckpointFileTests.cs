using System.Text;
using Rhytid.Tests.Shared;
using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

public class CheckpointFileTests
{
    [Theory]
    [InlineData("tensors_zip.pth", CheckpointFormat.PyTorchZip)]
    [InlineData("tensors_legacy.pth", CheckpointFormat.PyTorchLegacy)]
    public void The_content_chooses_the_reader(string name, CheckpointFormat format)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Golden.Path(name), folder["weights.safetensors"]);

        using var file = CheckpointFile.Open(folder["weights.safetensors"]);
        Assert.Equal(format, file.Format);
        Golden.AssertTensor(file["f32"], DType.Float32, [2, 3], Golden.Float);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Safetensors_are_known_without_their_extension()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(
            folder["weights.pth"], [Golden.Floats("w", 3)], new Dictionary<string, string> { ["format"] = "pt" });

        using var file = CheckpointFile.Open(folder["weights.pth"]);
        Assert.Equal(CheckpointFormat.Safetensors, file.Format);
        Golden.AssertTensor(file["w"], DType.Float32, [3], Golden.Float);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Empty(file.Other);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n<!DOCTYPE html><html>", "this is an HTML page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", "this is a Git LFS pointer")]
    [InlineData("\u0089HDF\r\n\u001a\n", "this is an HDF5 file (TensorFlow or Keras)")]
    [InlineData("\u0008\u0007\u0012\u0007pytorch", "this ONNX model has no convolution whose weights it holds")]
    [InlineData("\u001c\0\0\0TFL3", "this is a TensorFlow Lite model")]
    [InlineData("\u0093NUMPY", "this is a NumPy array")]
    [InlineData("GGUF", "this is a GGUF file")]
    [InlineData("\u001f\u008b\u0008", "this is a gzip archive")]
    [InlineData("\u0080\u0002}q\0.", "this is a Python pickle, but not one of torch.save")]
    [InlineData("{\"weight_map\": {}}", "this is JSON text")]
    [InlineData("hello", "this is no file of tensors")]
    public void Other_files_are_called_what_they_look_like(string content, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["model.pth"], Encoding.Latin1.GetBytes(content));

        var error = Assert.Throws<CheckpointException>(() => CheckpointFile.Open(folder["model.pth"]));
        Assert.StartsWith(reason, error.Reason, StringComparison.Ordinal);
    }
}

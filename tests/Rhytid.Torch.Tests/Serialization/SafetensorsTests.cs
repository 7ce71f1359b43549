using System.Text;
using Rhytid.Tests.Shared;
using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

public class SafetensorsTests
{
    // The example of the format's reference tests: one F32 tensor of 1 x 2 x 3, values 0 to 5.
    private const string ReferenceHeader = """{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}""";

    [Fact]
    public void A_file_of_the_reference_writer_is_read()
    {
        using var file =
            SafetensorsFile.Parse(
                File(ReferenceHeader, [.. Enumerable.Range(0, 6).SelectMany(i => BitConverter.GetBytes((float)i))]));

        Golden.AssertTensor(file["attn.0"], DType.Float32, [1, 2, 3], i => i);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void The_writer_gives_the_reference_writers_bytes()
    {
        var tensor = new StoredTensor("attn.0", DType.Float32, [1, 2, 3], new byte[24]);

        Assert.Equal(File(ReferenceHeader, new byte[24]), File([tensor]));
        Assert.Equal(File("{}      ", []), File([]));
        Assert.Equal(
            File("""{"__metadata__":{"framework":"pt"}}     """, []),
            File([], new Dictionary<string, string> { ["framework"] = "pt" }));
    }

    [Fact]
    public void Tensors_lie_by_type_then_name_whatever_order_they_came_in()
    {
        StoredTensor[] tensors =
        [
            new("b", DType.UInt8, [3], new byte[3]),
                new("z", DType.Float32, [], new byte[4]), new("c", DType.Bool, [1], new byte[1]),
                new("a", DType.Float32, [], new byte[4]),
                    new("h", DType.Float16, [1], new byte[2]), new("g", DType.BFloat16, [1], new byte[2]),
                    new("l", DType.Int64, [1], new byte[8]), new("d", DType.Float64, [1], new byte[8]),
                ];
        var bytes = File(tensors);

        Assert.Equal(bytes, File([.. tensors.Reverse()]));
        using var file = SafetensorsFile.Parse(bytes);
        Assert.Equal(["l", "d", "a", "z", "g", "h", "b", "c"], file.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void What_is_written_comes_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder["model.safetensors"];
        var metadata = new Dictionary<string, string> { ["format"] = "pt", ["Falten \"ü\" 🙂\n"] = "\\" };
        SafetensorsWriter.Write(
            path, [Golden.Floats("weight", 2, 3), Golden.Floats("empty", 0, 7), Golden.Floats("größe 🙂", 1)],
            metadata);

        using var file = SafetensorsFile.Open(path);
        Golden.AssertTensor(file["weight"], DType.Float32, [2, 3], Golden.Float);
        Golden.AssertTensor(file["empty"], DType.Float32, [0, 7], Golden.Float);
        Golden.AssertTensor(file["größe 🙂"], DType.Float32, [1], Golden.Float);
        Assert.Equal(metadata, file.Metadata.ToDictionary());
        Assert.False(file.TryGet("absent", out _));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Tensors_that_are_made_one_after_the_other_give_the_same_bytes()
    {
        StoredTensor[] tensors =
        [
            Golden.Floats("b", 2, 3), Golden.Floats("a", 4), new("c", DType.UInt8, [3], new byte[] { 1, 2, 3 })
        ];
        var metadata = new Dictionary<string, string> { ["note"] = "x" };
        var made = new List<string>();
        using var stream = new MemoryStream();

        SafetensorsWriter.Write(
            stream, tensors.Select(tensor => new TensorOutline(tensor.Name, tensor.Type, tensor.Shape)), outline =>
            {
                made.Add(outline.Name);
                return tensors.Single(tensor => tensor.Name == outline.Name).Bytes;
            }, metadata);

        Assert.Equal(File(tensors, metadata), stream.ToArray());
        Assert.Equal(["a", "b", "c"], made);
        TensorOutline[] twice = [new("a", DType.UInt8, [1]), new("a", DType.UInt8, [1])];
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, twice, _ => new byte[1]));
        Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Write(stream, [new TensorOutline("a", DType.UInt8, [2])], _ => new byte[1]));
    }

    [Fact]
    public void A_closed_file_says_so()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["a.safetensors"], [Golden.Floats("weight", 2)]);
        var file = SafetensorsFile.Open(folder["a.safetensors"]);
        var tensor = file["weight"];
        file.Dispose();
        file.Dispose();

        Assert.Contains(
            "was closed", Assert.Throws<ObjectDisposedException>(() => tensor.Bytes.Span[0]).Message,
            StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => tensor.Bytes.Pin());
    }

    [Theory]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""",
        8, "names 'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}""", 8, "'shape'")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""", 2, "type F8_E4M3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "negative size")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "impossibly large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}""", 0, "larger than 2 GiB")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "cut off")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap or leave a hole")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""",
        3, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", 8, "wrong shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "lacks")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "String")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "twice")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "escape")]
    [InlineData("""{"a":[[[[[[[[""", 0, "something else where a StartObject belongs")]
    [InlineData("""{"a":{"shape":[[[[[[[[""", 0, "wrong shape")]
    [InlineData("""{"a":{"dtype":""", 0, "JSON")]
    [InlineData("""{} {}""", 0, "JSON")]
    [InlineData("""[]""", 0, "'{'")]
    public void A_header_that_contradicts_itself_or_the_file_is_refused(string header, int dataBytes, string reason)
    {
        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Parse(File(header, new byte[dataBytes])));

        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_the_file_is_refused()
    {
        Assert.Throws<CheckpointException>(
            () => SafetensorsFile.Parse((byte[])[.. BitConverter.GetBytes(ulong.MaxValue), .. "{}"u8]));
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Parse(new byte[7]));
    }

    [Fact]
    public void A_failed_write_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var bad = new StoredTensor("bad", DType.Float32, [2], new byte[7]);

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder["a"], [bad]));
        Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Write(folder["a"], [Golden.Floats("x", 1), Golden.Floats("x", 2)]));
        Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Write(folder["a"], [Golden.Floats("__metadata__", 1)]));
        Assert.Throws<DirectoryNotFoundException>(() => SafetensorsWriter.Write(folder["absent/a"], []));
        Directory.CreateDirectory(folder["taken"]);
        Assert.ThrowsAny<Exception>(() => SafetensorsWriter.Write(folder["taken"], [Golden.Floats("x", 1)]));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    internal static byte[] File(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. data];
    }

    internal static byte[] File(StoredTensor[] tensors, Dictionary<string, string>? metadata = null)
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder["a"], tensors, metadata);
        return System.IO.File.ReadAllBytes(folder["a"]);
    }
}

using Google.Protobuf;
using Rhytid.Tests.Shared;
using Rhytid.Tests.Shared.Fuzzing;
using Rhytid.Torch.Serialization;
using Rhytid.Torch.Serialization.Onnx;
using Xunit.Abstractions;

namespace Rhytid.Torch.Tests.Serialization.Onnx;

/// <summary>
/// Models of tests/Golden/make_onnx.py, and messages written by hand where ONNX itself would refuse to.
/// </summary>
public sealed class OnnxFileTests(ITestOutputHelper output)
{
    private const int Float = 1;

    [Fact]
    public void Weights_are_numbered_in_the_order_of_the_convolutions()
    {
        using var file = CheckpointFile.Open(GoldenFolder.PathOf("onnx", "small.onnx"));

        // Convolution 3 has half precision, 4 the values of a node; the normalisation behind the sum follows no
        // convolution.
        Assert.Equal(
            [
                "conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var",
                "conv2.weight", "bn2.weight", "bn2.bias", "bn2.running_mean", "bn2.running_var", "conv5.weight",
            ],
            file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(CheckpointFormat.Onnx, file.Format);
        // Bytes, listed values, and bytes again.
        Golden.AssertTensor(file["conv1.weight"], DType.Float32, [2, 1, 3, 3], Golden.Float);
        Golden.AssertTensor(file["conv1.bias"], DType.Float32, [2], Golden.Float);
        Golden.AssertTensor(file["conv2.weight"], DType.Float32, [2, 1, 1, 1], Golden.Float);
        Golden.AssertTensor(file["conv5.weight"], DType.Float32, [1, 2, 1, 1], Golden.Float);
        foreach (var name in
            new[] { "bn1", "bn2" }.SelectMany(
                norm => new[] { "weight", "bias", "running_mean", "running_var" }.Select(part => $"{norm}.{part}")))
            Golden.AssertTensor(file[name], DType.Float32, [2], Golden.Float);
        Assert.False(file.TryGet("conv3.weight", out _));
        Assert.Empty(file.Metadata);
        Assert.Empty(file.Other);
    }

    [Fact]
    public void Weights_in_another_file_are_refused() =>
        Assert.Equal(
            "the model's weights lie in another file; save it in one file",
            Refusal(File.ReadAllBytes(GoldenFolder.PathOf("onnx", "external.onnx"))));

    // Packed is what ONNX writes; a reader of protocol buffers takes both.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sizes_and_values_may_be_packed_or_not(bool packed)
    {
        var weight = Message(tensor =>
        {
            if (packed)
                Bytes(tensor, 1, Message(sizes => { sizes.WriteInt64(1); sizes.WriteInt64(3); }));
            else
                foreach (var size in new[] { 1, 3 })
                    Varint(tensor, 1, size);
            Varint(tensor, 2, Float);
            if (packed)
                Bytes(tensor, 4, [
                    .. Enumerable.Range(0, 3).SelectMany(i => BitConverter.GetBytes((float)Golden.Float(i)))
                ]);
            else
                foreach (var i in Enumerable.Range(0, 3))
                {
                    tensor.WriteTag(4, WireFormat.WireType.Fixed32);
                    tensor.WriteFloat((float)Golden.Float(i));
                }
            Text(tensor, 8, "w");
        });

        Golden.AssertTensor(
            Assert.Single(OnnxFile.Parse(Model(Conv("w", "y"), [weight]))), DType.Float32, [1, 3], Golden.Float);
    }

    public static TheoryData<string, long[]> Shapes => new()
    {
        { "does not have as many values as its shape (2)", [2] },
        { "does not have as many values as its shape (0 x 5)", [0, 5] },
        { "has a negative size (-1 x -1)", [-1, -1] },
        { "impossibly large", [1L << 62, 1L << 62, 16, 1] },   // 2^128, which is 0 in 128 bits
        { "has 65 dimensions; the limit is 64", [.. Enumerable.Repeat(1L, 65)] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_shape_that_is_not_the_values_is_refused(string reason, long[] shape) =>
        Assert.Contains(reason, Refusal(Model(Conv("w", "y"), [Weight("w", 4, shape)])), StringComparison.Ordinal);

    [Fact]
    public void Two_tensors_never_get_one_name()
    {
        byte[] weight = Weight("w", 4, [1]),
            one = Conv("w", "y"),
            norm = Node("BatchNormalization", ["y", "w", "w", "w", "w"], "z");

        Assert.Equal(5, OnnxFile.Parse(Model([.. one, .. norm], [weight])).Count);
        Assert.Equal(
            "two batch normalisations follow convolution 1", Refusal(Model([.. one, .. norm, .. norm], [weight])));
        Assert.Equal("two convolutions make the value y", Refusal(Model([.. one, .. one], [weight])));
    }

    [Fact]
    public void A_model_without_weights_of_convolutions_is_refused()
    {
        const string Reason = "this ONNX model has no convolution whose weights it holds";

        Assert.Equal(Reason, Refusal([]));
        Assert.Equal(Reason, Refusal(Model(Conv("other", "y"), [Weight("w", 4, [1])])));
        Assert.Equal(Reason, Refusal(Model(Node("Relu", ["w"], "y"), [Weight("w", 4, [1])])));
        Assert.Equal(Reason, Refusal(Model(Conv("w", "y"), [Weight("w", 4, [1], type: 10)])));
        Assert.Equal(
            "a weight's bytes are no whole number of floats",
            Refusal(
                Model(Conv("w", "y"), [
                    Message(tensor => { Varint(tensor, 2, Float); Bytes(tensor, 4, [1, 2, 3]); })
                ])));
    }

    [Fact]
    public void Every_shorter_file_is_refused_unless_it_has_the_whole_graph()
    {
        var whole = File.ReadAllBytes(GoldenFolder.PathOf("onnx", "small.onnx"));
        var expected = OnnxFile.Parse(whole).Select(tensor => tensor.Name).ToList();
        var read = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            try
            {
                Assert.Equal(expected, OnnxFile.Parse(whole[..length]).Select(tensor => tensor.Name));
                read++;
            }
            catch (CheckpointException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }
        }
        // Behind the graph stands the version of the operators alone.
        Assert.InRange(read, 0, 1);
    }

    [Fact]
    public void Damaged_models()
    {
        var (read, refused) = Fuzzer.Run<CheckpointException>(
            "onnx", [File.ReadAllBytes(GoldenFolder.PathOf("onnx", "small.onnx"))], 2 * Fuzzer.Count, seed: 43, Read);

        output.WriteLine($"onnx: {read + refused} files, {read} read, {refused} refused");
    }

    [Fact]
    public void A_reader_of_PyTorchs_files_says_what_it_is() =>
        Assert.Equal(
            "this is an ONNX model, none of torch.save",
            Assert.Throws<CheckpointException>(
                () => PyTorchFile.Open(GoldenFolder.PathOf("onnx", "small.onnx"))).Reason);

    // To the tensor, as a network would be filled.
    private static void Read(byte[] file)
    {
        using var scope = TensorScope.Begin();
        var tensors = OnnxFile.Parse(file);
        Assert.Equal(tensors.Count, tensors.Select(tensor => tensor.Name).Distinct().Count());
        foreach (var tensor in tensors)
            Assert.Equal(tensor.Shape, tensor.ToTensor().Shape);
    }

    private static string Refusal(byte[] file) => Assert.Throws<CheckpointException>(() => OnnxFile.Parse(file)).Reason;

    private static byte[] Model(byte[] nodes, byte[][] weights) => Message(model =>
    {
        Varint(model, 1, 8);
        Bytes(model, 7, [.. nodes, .. weights.SelectMany(weight => Message(graph => Bytes(graph, 5, weight)))]);
    });

    private static byte[] Conv(string weight, string made) => Node("Conv", ["x", weight], made);

    // As a field of the graph.
    private static byte[] Node(string operation, string[] inputs, string made) =>
        Message(graph => Bytes(graph, 1, Message(node =>
        {
            foreach (var input in inputs)
                Text(node, 1, input);
            Text(node, 2, made);
            Text(node, 4, operation);
        })));

    private static byte[] Weight(string name, int bytes, long[] shape, int type = Float) => Message(tensor =>
    {
        foreach (var size in shape)
            Varint(tensor, 1, size);
        Varint(tensor, 2, type);
        Text(tensor, 8, name);
        Bytes(tensor, 9, new byte[bytes]);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var stream = new CodedOutputStream(memory, leaveOpen: true))
            write(stream);
        return memory.ToArray();
    }

    private static void Varint(CodedOutputStream stream, int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }

    private static void Text(CodedOutputStream stream, int field, string text) =>
        Bytes(stream, field, System.Text.Encoding.UTF8.GetBytes(text));

    private static void Bytes(CodedOutputStream stream, int field, byte[] bytes)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(bytes));
    }
}

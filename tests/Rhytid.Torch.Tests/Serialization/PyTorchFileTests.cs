using Rhytid.Tests.Shared;
using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

public class PyTorchFileTests
{
    private const string Python = "in Python: torch.save(model.state_dict(), path)";

    [Theory]
    [InlineData("tensors_zip.pth", CheckpointFormat.PyTorchZip)]
    [InlineData("tensors_legacy.pth", CheckpointFormat.PyTorchLegacy)]
    public void Every_type_and_view_has_the_values_that_python_saved(string name, CheckpointFormat format)
    {
        var file = PyTorchFile.Open(Golden.Path(name));

        Assert.Equal(format, file.Format);
        Assert.Equal(18, file.Tensors.Count);
        Golden.AssertTensor(file["f32"], DType.Float32, [2, 3], Golden.Float);
        Golden.AssertTensor(file["f64"], DType.Float64, [2, 2], Golden.Float);
        Golden.AssertTensor(file["f16"], DType.Float16, [5], Golden.Float);
        Golden.AssertTensor(file["bf16"], DType.BFloat16, [5], Golden.Float);
        Golden.AssertTensor(file["i64"], DType.Int64, [3], Golden.Integer);
        Golden.AssertTensor(file["i32"], DType.Int32, [3], Golden.Integer);
        Golden.AssertTensor(file["i16"], DType.Int16, [3], Golden.Integer);
        Golden.AssertTensor(file["i8"], DType.Int8, [3], Golden.Integer);
        Golden.AssertTensor(file["u8"], DType.UInt8, [9], Golden.Unsigned);
        Golden.AssertTensor(file["bool"], DType.Bool, [7], Golden.Truth);
        Golden.AssertTensor(file["transposed"], DType.Float32, [4, 3], i => Golden.Float((i % 3 * 4) + (i / 3)));
        Golden.AssertTensor(file["shared.head"], DType.Float32, [4], Golden.Float);
        Golden.AssertTensor(file["shared.tail"], DType.Float32, [4], i => Golden.Float(i + 6));
        Golden.AssertTensor(file["every.second"], DType.Float32, [5], i => Golden.Float((2 * i) + 1));
        Golden.AssertTensor(file["expanded"], DType.Float32, [3, 2], i => Golden.Float(i / 2));
        Golden.AssertTensor(file["scalar"], DType.Float32, [], _ => 42.5);
        Golden.AssertTensor(file["empty"], DType.Float32, [0, 3], _ => 0);
        Golden.AssertTensor(file["parameter"], DType.Float32, [4], Golden.Float);
    }

    [Theory]
    [InlineData("training_zip.pth")]
    [InlineData("training_legacy.pth")]
    [InlineData("training_protocol4.pth")]
    [InlineData("training_protocol5.pth")]
    public void A_training_checkpoint_gives_its_tensors_and_what_lies_beside_them(string name)
    {
        var file = PyTorchFile.Open(Golden.Path(name));

        Assert.Equal(DType.Int64, file["model.module.1.num_batches_tracked"].Type);
        Assert.Equal([2, 1, 3, 3], file["model.module.0.weight"].Shape);
        Golden.AssertTensor(file["optimizer.state.0.momentum_buffer"], DType.Float32, [2, 1, 3, 3], _ => 1);
        var other = file.Other.ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal("3", other["epoch"]);
        Assert.Equal("0.875", other["best"]);
        Assert.Equal("0.5", other["best32"]);
        Assert.Equal("1234", other["steps"]);
        Assert.Equal("NumPy array (4, f8)", other["history"]);
        Assert.Equal("[0.5, 0.25, 0.125]", other["loss"]);
        Assert.Equal("Fältchen", other["name"]);
        Assert.Equal("True", other["done"]);
        Assert.Equal("None", other["note"]);
        Assert.Equal("1208925819614629174706176", other["big"]);
        Assert.Equal("3 bytes", other["raw"]);
        Assert.Equal("0.5", other["args.lr"]);
        Assert.Equal("[256, 192]", other["args.size"]);
        Assert.Equal("runs/one", other["args.out"]);
        Assert.Equal("1", other["milestones.5"]);
        Assert.Equal("[7]", other["seen"]);
        Assert.Equal("torch.float16", other["dtype"]);
        Assert.Equal("cpu", other["device"]);
        Assert.Equal("[1, 3, 8]", other["shape"]);
        Assert.StartsWith("[{lr: 0.5, momentum: 0.25", other["optimizer.param_groups"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_keeps_the_nesting()
    {
        var root = Assert.IsType<DictionaryNode>(PyTorchFile.Open(Golden.Path("training_zip.pth")).Root);

        Assert.Equal("model", root.Entries[0].Key);
        var model = Assert.IsType<DictionaryNode>(root.Entries[0].Value);
        Assert.Equal("module.0.weight", model.Entries[0].Key);
        Assert.Equal("model.module.0.weight", Assert.IsType<TensorNode>(model.Entries[0].Value).Tensor.Name);
        Assert.Equal(new ValueNode(3L), root.Entries[1].Value);
    }

    [Fact]
    public void Pickle_protocol_1_is_read() =>
        Golden.AssertTensor(
            PyTorchFile.Open(Golden.Path("protocol1_legacy.pth"))["weight"], DType.Float32, [2], Golden.Float);

    [Fact]
    public void A_tensor_saved_alone_is_called_tensor() =>
        Golden.AssertTensor(
            PyTorchFile.Open(Golden.Path("single_tensor.pth"))["tensor"], DType.Float32, [2, 3], Golden.Float);

    [Theory]
    [InlineData(
        "module_zip.pth",
        "holds an object of type models.UNet; only state dictionaries (tensors in dictionaries) can be read; "
            + Python)]
    [InlineData(
        "module_legacy.pth",
        "holds an object of type models.UNet; only state dictionaries (tensors in dictionaries) can be read; "
            + Python)]
    [InlineData("malicious_zip.pth", "asks Python to run posix.system while it is read")]
    [InlineData("malicious_legacy.pth", "asks Python to run posix.system while it is read")]
    [InlineData("complex.pth", "holds a kind of tensor that is not read (torch.ComplexFloatStorage)")]
    public void What_is_no_state_dictionary_is_refused_by_name(string name, string reason)
    {
        var error = Assert.Throws<CheckpointException>(() => PyTorchFile.Open(Golden.Path(name)));

        Assert.StartsWith(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal($"{Golden.Path(name)}: {error.Reason}", error.Message);
    }

    [Theory]
    [InlineData("tensors_zip.pth")]
    [InlineData("tensors_legacy.pth")]
    public void A_file_cut_off_anywhere_is_refused(string name)
    {
        var bytes = Golden.Bytes(name);
        for (var length = 0; length < bytes.Length; length += 7)
            Assert.Throws<CheckpointException>(() => PyTorchFile.Parse(bytes[..length]));
    }

    [Fact]
    public void A_missing_file_is_an_io_error() =>
        Assert.Throws<FileNotFoundException>(() => PyTorchFile.Open(Golden.Path("absent.pth")));

    [SkippableFact]
    public void A_published_face_parsing_network_is_read()
    {
        var file = PyTorchFile.Open(Repository.SharedWeights("face_parsing_unet_simonenkel.pth"));

        Assert.Equal(CheckpointFormat.PyTorchZip, file.Format);
        Assert.Equal(26, file.Tensors.Count);
        Assert.Equal([32, 3, 3, 3], file["enc1.0.weight"].Shape);
        // Sums as PyTorch 1.13 gives them.
        Assert.Equal(1.6797263548360206, Golden.Values(file["enc1.0.weight"]).Sum(), 1e-9);
        Assert.Equal(467123, file.Tensors.Sum(tensor => (long)tensor.Bytes.Length) / sizeof(float));
        Assert.Equal(-2878.109801508301, file.Tensors.Sum(tensor => Golden.Values(tensor).Sum()), 1e-6);
    }
}

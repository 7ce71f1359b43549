using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

/// <summary>
/// Ways in which newer and older versions than the one of the golden files write a tensor, assembled by hand.
/// </summary>
public class PickleVariantTests
{
    private static readonly byte[] FourFloats =
    [
        .. Enumerable.Range(0, 4).SelectMany(i => BitConverter.GetBytes((float)Golden.Float(i)))
    ];

    [Fact]
    public void Untyped_storage_with_the_type_beside_it() => AssertTensor(
        $"ctorch._utils\n_rebuild_tensor_v3\n({Storage("torch.storage\nUntypedStorage", 16)}{Int(0)}{Int(2)}{Int(2)}\u0086{Int(2)}{Int(1)}\u0086\u0089Nctorch\nfloat32\n}}tR.");

    [Fact]
    public void Tensor_of_the_first_versions() => AssertTensor($"ctorch._utils\n_rebuild_tensor\n({PlainArguments}tR.");

    [Fact]
    public void Parameter_with_attributes() => AssertTensor(
        $"ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\nctorch.nn.parameter\nParameter\n({PlainArguments}\u0089}}t}}tR.");

    [Fact]
    public void Parameter_with_state() => AssertTensor(
        $"ctorch._utils\n_rebuild_parameter_with_state\n(ctorch._utils\n_rebuild_tensor_v2\n({PlainArguments}\u0089}}tR\u0089}}}}tR.");

    [Fact]
    public void A_subclass_of_tensor_is_refused_by_name()
    {
        var pickle =
            $"ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\ncmy.tensors\nTracked\n({PlainArguments}\u0089}}t}}tR.";

        var error =
            Assert.Throws<CheckpointException>(() => PyTorchFile.Parse(HostilePickleTests.Archive(pickle, FourFloats)));
        Assert.StartsWith("holds an object of type my.tensors.Tracked", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Ordered_dictionary_and_numbers_of_python_2()
    {
        // OrderedDict([['epoch', 7], ['loss', numpy.float32(0.5)]]) with byte strings.
        const string Loss =
            "cnumpy.core.multiarray\nscalar\ncnumpy\ndtype\nU\u0002f4K\0K\u0001\u0087RU\u0004\0\0\0?\u0086R";
        var pickle = $"ccollections\nOrderedDict\n](](U\u0005epochK\u0007e](U\u0004loss{Loss}ee\u0085R.";
        var file = PyTorchFile.Parse(HostilePickleTests.Archive(pickle, FourFloats));

        Assert.Equal([new("epoch", "7"), new("loss", "0.5")], file.Other);
    }

    private static string PlainArguments =>
        $"{Storage("torch\nFloatStorage", 4)}{Int(0)}{Int(2)}{Int(2)}\u0086{Int(2)}{Int(1)}\u0086";

    private static string Storage(string type, int elements) =>
        $"(U\u0007storagec{type}\nU\u00010U\u0003cpu{Int(elements)}tQ";

    private static string Int(int value) => HostilePickleTests.Int(value);

    private static void AssertTensor(string pickle) =>
        Golden.AssertTensor(
            PyTorchFile.Parse(HostilePickleTests.Archive(pickle, FourFloats))["tensor"], DType.Float32, [2, 2],
            Golden.Float);
}

using System.IO.Compression;
using System.Text;
using Rhytid.Torch.Serialization;
using Rhytid.Torch.Serialization.Pickle;

namespace Rhytid.Torch.Tests.Serialization;

public class HostilePickleTests
{
    [Theory]
    [InlineData("cos\nsystem\n(S'true'\ntR.", "asks Python to run os.system")]
    [InlineData("c__builtin__\neval\n.", "asks Python to run builtins.eval")]
    [InlineData("c__builtin__\ngetattr\n.", "asks Python to run builtins.getattr")]
    [InlineData("csklearn.tree\nDecisionTree\n.", "holds an object of type sklearn.tree.DecisionTree")]
    [InlineData(
        "ctorch._utils\n_rebuild_sparse_tensor\n.",
        "holds a kind of tensor that is not read (torch._utils._rebuild_sparse_tensor)")]
    [InlineData("c__torch__.net\nNet\n.", "this is a TorchScript program")]
    [InlineData("ctorch\nfloat8_e8m0fnu\n.", "holds a kind of tensor that is not read (torch.float8_e8m0fnu)")]
    [InlineData("ctorch\nload\n.", "asks Python to run torch.load")]
    [InlineData("cos\u001b[31m\nsystem\n.", "asks Python to run os?[31m.system")]
    [InlineData("(S'os'\n", "uses an instruction that is not read (0x53 at byte 1)")]
    [InlineData("i", "uses an instruction that is not read (0x69")]
    [InlineData("c__builtin__\nint\n)R.", "uses builtins.int in a way that is not known")]
    [InlineData("\u0080\u0006.", "pickle protocol 6")]
    [InlineData("R", "takes a value where there is none")]
    [InlineData("(K\u0001R", "takes a value where there is none")]
    [InlineData("t", "a group ends that never began")]
    [InlineData("NN.", "values are left over")]
    [InlineData("h\u0000.", "refers to an object 0")]
    [InlineData("N", "cut off")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ffabc", "cut off")]
    [InlineData("X\u0001\0\0\0\u00ff.", "not UTF-8")]
    [InlineData("NK\u0001b.", "sets the state of a plain value")]
    [InlineData("NQ.", "no tensor storage")]
    public void What_a_pickle_may_not_do_is_refused(string pickle, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(pickle));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Millions_of_empty_objects_are_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(new string('}', 2_000_001)));

        Assert.Contains("more than 2000000 objects", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused() => AssertTreeRefused("]q\0h\0a.", "holds itself");

    [Fact]
    public void Endless_nesting_is_refused() =>
        AssertTreeRefused(new string(']', 5000) + new string('a', 4999) + ".", "deep in each other");

    [Fact]
    public void A_list_of_the_same_list_over_and_over_is_refused()
    {
        // Thirty lists, each holding the one before twice: 2^30 values in 300 bytes.
        var pickle = "]q\0"
            + string.Concat(Enumerable.Range(0, 30).Select(i => $"0]q{(char)(i + 1)}h{(char)i}ah{(char)i}a")) + ".";
        AssertTreeRefused(pickle, "impossibly long");
    }

    [Fact]
    public void A_long_list_that_is_repeated_is_refused()
    {
        var thousand = "]q\0(" + string.Concat(Enumerable.Repeat("K\u0001", 1000)) + "e0";
        AssertTreeRefused(
            thousand + "](" + string.Concat(Enumerable.Repeat("h\0", 1100)) + "e.", "more than 1000000 values");
    }

    [Fact]
    public void Repeated_elements_cannot_fill_the_memory()
    {
        // One float seen as 100 million by a stride of 0.
        var error =
            Assert.Throws<CheckpointException>(
                () => PyTorchFile.Parse(Archive(Tensor("FloatStorage", 1, 0, 100_000_000, 0), new byte[4])));

        Assert.Contains("repeat their storages", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 0, 4, 1, "reaches outside it")]
    [InlineData(3, 1, 3, 1, "reaches outside it")]
    [InlineData(3, 0, 2, 3, "reaches outside it")]
    [InlineData(3, int.MaxValue, 2, int.MaxValue, "reaches outside it")]
    [InlineData(3, -1, 2, 1, "impossible shape or place")]
    [InlineData(3, 0, 2, -1, "impossible shape or place")]
    [InlineData(3, 0, -1, 1, "negative size")]
    [InlineData(4, 0, 3, 1, "has 12 bytes where its tensors need 16")]
    [InlineData(-1, 0, 3, 1, "-1 elements")]
    public void A_tensor_stays_inside_its_storage(int elements, int offset, int size, int stride, string reason)
    {
        var error =
            Assert.Throws<CheckpointException>(
                () => PyTorchFile.Parse(Archive(Tensor("FloatStorage", elements, offset, size, stride), new byte[12])));

        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compressed_storages_are_refused()
    {
        var error = Assert.Throws<CheckpointException>(() =>
            PyTorchFile.Parse(
                Archive(Tensor("FloatStorage", 1000, 0, 1000, 1), new byte[4000], CompressionLevel.Optimal)));

        Assert.Contains("is compressed", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("byteorder", "big", "byte order is 'big'")]
    [InlineData("constants.pkl", "", "TorchScript")]
    [InlineData("data.pkl", "", "twice")]
    public void Archives_of_another_kind_are_refused(string entry, string content, string reason)
    {
        var bytes = Archive(
            Tensor("FloatStorage", 1, 0, 1, 1), new byte[4], CompressionLevel.NoCompression, (entry, content));

        Assert.Contains(
            reason, Assert.Throws<CheckpointException>(() => PyTorchFile.Parse(bytes)).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_without_a_pickle_are_refused() =>
        Assert.Contains(
            "holds no data.pkl",
            Assert.Throws<CheckpointException>(() => PyTorchFile.Parse(Zip(("readme", "x"u8.ToArray())))).Reason,
            StringComparison.Ordinal);

    private static object? Read(string pickle) =>
        new PickleReader(new MemoryStream(Encoding.Latin1.GetBytes(pickle))).Read();

    private static void AssertTreeRefused(string pickle, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<InvalidDataException>(() => CheckpointTree.Build(Read(pickle), pickle.Length)).Message,
            StringComparison.Ordinal);

    private static string Tensor(string storage, int elements, int offset, int size, int stride) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\n{storage}\nU\u00010U\u0003cpu{Int(elements)}tQ{Int(offset)}{Int(size)}\u0085{Int(stride)}\u0085\u0089NtR.";

    internal static string Int(int value) => "J" + Encoding.Latin1.GetString(BitConverter.GetBytes(value));

    internal static byte[] Archive(
        string pickle, byte[] storage, CompressionLevel level = CompressionLevel.NoCompression,
        (string Name, string Content)? extra = null)
    {
        (string, byte[])[] entries = [("a/data.pkl", Encoding.Latin1.GetBytes(pickle)), ("a/data/0", storage)];
        return extra is { } more
            ? Zip(level, [.. entries, ($"a/{more.Name}", Encoding.Latin1.GetBytes(more.Content))])
            : Zip(level, entries);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries) =>
        Zip(CompressionLevel.NoCompression, entries);

    private static byte[] Zip(CompressionLevel level, (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                var own = name.EndsWith(".pkl", StringComparison.Ordinal) ? CompressionLevel.NoCompression : level;
                using var stream = zip.CreateEntry(name, own).Open();
                stream.Write(content);
            }
        return memory.ToArray();
    }
}

using System.Text;
using Rhytid.Tests.Shared;
using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

public class NpyTests
{
    [Fact]
    public void Numpys_arrays_have_their_values()
    {
        Golden.AssertTensor(Read("c_order"), DType.Float32, [2, 3], Golden.Float);
        Golden.AssertTensor(Read("fortran"), DType.Float32, [2, 3, 4], Golden.Float);
        Golden.AssertTensor(Read("scalar"), DType.Float64, [], _ => 42.5);
        Golden.AssertTensor(Read("uint16"), DType.Int32, [5], i => i * 16000);
        Golden.AssertTensor(Read("uint32"), DType.Int64, [5], i => i * 1e9);
        Golden.AssertTensor(Read("bool"), DType.Bool, [7], Golden.Truth);
        Golden.AssertTensor(Read("half"), DType.Float16, [5], Golden.Float);
        Golden.AssertTensor(Read("version2"), DType.Float32, [2, 3], Golden.Float);
        Golden.AssertTensor(Read("version3"), DType.Float32, [2, 3], Golden.Float);
        Assert.Equal("c_order", Read("c_order").Name);
    }

    [Theory]
    [InlineData("c_order")]
    [InlineData("scalar")]
    [InlineData("bool")]
    [InlineData("half")]
    public void The_writer_gives_numpys_bytes(string name)
    {
        using var folder = new TemporaryFolder();
        Npy.Write(folder["a.npy"], Read(name));

        Assert.Equal(Golden.Bytes($"{name}.npy"), File.ReadAllBytes(folder["a.npy"]));
    }

    [Theory]
    [InlineData("object", "pickles")]
    [InlineData("big_endian", "big-endian")]
    [InlineData("fields", "several fields")]
    public void Other_elements_are_refused(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Read(name)).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 4, null)]
    [InlineData("{\"shape\":(2,1),\"descr\":'|i1','fortran_order':True}  \n", 2, null)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 5, "the file has 5")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 4), }", 4, "impossibly large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 4, "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1), }", 4, "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", 4, "damaged")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 4, "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", 4, "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x", 4, "damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': __import__('os'), 'shape': (1,), }", 4, "damaged")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", 8, "<c8")]
    public void The_header_is_taken_literally(string header, int dataBytes, string? reason)
    {
        byte[] file =
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[dataBytes]
        ];
        if (reason is null)
            Npy.Parse(file);
        else
            Assert.Contains(
                reason, Assert.Throws<CheckpointException>(() => Npy.Parse(file)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_numpy_has_no_type_for_is_not_written()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<ArgumentException>(
            () => Npy.Write(folder["a.npy"], new StoredTensor("a", DType.BFloat16, [1], new byte[2])));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static StoredTensor Read(string name) => Npy.Read(Golden.Path($"{name}.npy"));
}

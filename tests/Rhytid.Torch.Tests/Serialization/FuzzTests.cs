using System.Buffers.Binary;
using System.IO.Compression;
using Rhytid.Tests.Shared.Fuzzing;
using Rhytid.Torch.Serialization;
using Xunit.Abstractions;

namespace Rhytid.Torch.Tests.Serialization;

public class FuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20240607;

    // Bytes of tensors in each of the safetensors seeds.
    private const int HeaderSeedData = 44;

    private static readonly string[] Names = ["tensors", "training"];

    [Fact]
    public void Safetensors() => Run("safetensors", SafetensorsSeeds(), ReadSafetensors);

    /// <summary>The header alone is damaged and its length set right, which gets past the first check.</summary>
    [Fact]
    public void Safetensors_header() => Run(
        "safetensors header",
        [.. SafetensorsSeeds().Select(file => file[8..(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))])],
        json => ReadSafetensors([.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[HeaderSeedData]]));

    [Fact]
    public void Pickle_zip() =>
        Run("pickle zip", [
            .. Names.Select(name => Golden.Bytes($"{name}_zip.pth")), Golden.Bytes("training_protocol5.pth")
        ], ReadPyTorch);

    [Fact]
    public void Pickle_legacy() =>
        Run("pickle legacy", [
            .. Names.Select(name => Golden.Bytes($"{name}_legacy.pth")), Golden.Bytes("protocol1_legacy.pth")
        ], ReadPyTorch);

    /// <summary>The pickle alone is damaged, in a sound archive.</summary>
    [Fact]
    public void Pickle_in_a_sound_zip()
    {
        var archives =
            Names.Select(name => Entries($"{name}_zip.pth")).Append(Entries("training_protocol4.pth")).ToList();
        var storages = archives[0].Where(entry => entry.Key.StartsWith("data/", StringComparison.Ordinal)).ToList();
        Run("pickle", [
            .. archives.Select(entries => entries["data.pkl"])
        ], pickle => ReadPyTorchOrMissing(Zip(pickle, storages)));
    }

    [Fact]
    public void Npy_arrays() => Run(
        "npy",
        [.. new[] { "c_order", "fortran", "scalar", "uint16", "uint32", "bool", "half", "version2", "version3" }.Select(
            name => Golden.Bytes($"{name}.npy"))],
        file => Touch(Npy.Parse(file)));

    private void Run(string name, byte[][] seeds, Action<byte[]> read)
    {
        var (accepted, refused) = Fuzzer.Run<CheckpointException>(name, seeds, Fuzzer.Count, Seed, read);
        output.WriteLine($"{name}: {accepted + refused} files, {accepted} read, {refused} refused");
    }

    private static byte[][] SafetensorsSeeds()
    {
        var small = Golden.Floats("weight", 2, 3);
        return
        [
            SafetensorsTests.File(
                [small, Golden.Floats(
                    "bias", 3), new StoredTensor("steps", DType.Int64, [], new byte[8]), Golden.Floats("empty", 0, 4)]),
            SafetensorsTests.File(
                [Golden.Floats("weight", 11)],
                new Dictionary<string, string> { ["format"] = "pt", ["é\"\\"] = "\u0001" }),
        ];
    }

    private static void ReadSafetensors(byte[] file)
    {
        using var read = SafetensorsFile.Parse(file);
        foreach (var tensor in read.Tensors)
            Touch(tensor);
    }

    private static void ReadPyTorch(byte[] file)
    {
        foreach (var tensor in PyTorchFile.Parse(file).Tensors)
            Touch(tensor);
    }

    // The storages in the archive are those of one seed: sound pickles of the other may miss theirs.
    private static void ReadPyTorchOrMissing(byte[] file)
    {
        try
        {
            ReadPyTorch(file);
        }
        catch (CheckpointException error) when (error.Reason.Contains("in the zip archive", StringComparison.Ordinal)
            || error.Reason.StartsWith("the zip archive lacks", StringComparison.Ordinal))
        {
        }
    }

    private static void Touch(StoredTensor tensor) =>
        Assert.Equal(tensor.Shape.Aggregate(1L, (a, b) => a * b) * tensor.Type.Size(), tensor.Bytes.Span.Length);

    private static Dictionary<string, byte[]> Entries(string name)
    {
        using var zip = ZipFile.OpenRead(Golden.Path(name));
        return zip.Entries.ToDictionary(entry => entry.FullName[(entry.FullName.IndexOf('/') + 1)..], entry =>
        {
            using var stream = entry.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        });
    }

    private static byte[] Zip(byte[] pickle, IEnumerable<KeyValuePair<string, byte[]>> storages)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in storages.Prepend(new("data.pkl", pickle)))
            {
                using var stream = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
        return memory.ToArray();
    }
}

using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Tests.Commands.Data;

/// <summary><c>rhytid data pack</c> as a user runs it.</summary>
public sealed class DataPackCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DataPackCommandTests()
    {
        Directory.CreateDirectory(_folder["set/images"]);
        Directory.CreateDirectory(_folder["set/masks"]);
        foreach (var id in new[] { "00001", "00002", "00003" })
        {
            TestPictures.Landscape(64, 64).Save(_folder[$"set/images/{id}.png"]);
            var mask = new Mask(64, 64);
            mask.Row(31).Fill(Mask.Set);
            if (id != "00003")
                mask.Save(_folder[$"set/masks/{id}.png"]);
        }
        File.WriteAllText(_folder["ids.txt"], "# seed: 1\n00003\n00001\n");
        File.WriteAllText(_folder["foreign.txt"], "00001\n00009\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_split_is_packed_and_read_again()
    {
        var run = Pack("-o", _folder["train.safetensors"], "--size", "32", "--ids", _folder["ids.txt"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("packed 2 samples of 32 x 32 pixels into 1 file (", run.Output, StringComparison.Ordinal);
        using var pack = PackedDataset.Open(_folder["train.safetensors"]);
        Assert.Equal(["00001", "00003"], pack.Samples.Select(sample => sample.Id));
        Assert.Equal(32, pack["00001"][Channel.Wrinkles]!.Value.ToArray().Count(value => value == 1));
        Assert.Null(pack["00003"][Channel.Wrinkles]);
    }

    [Fact]
    public void Only_labelled_photos_with_another_rule()
    {
        var run = Pack(
            "-o", _folder["train"], "--size", "32", "--labelled", "--mask-resize", "nearest", "--image-resize",
            "lanczos");

        Assert.Equal(0, run.ExitCode);
        using var pack = PackedDataset.Open(_folder["train"]);
        Assert.Equal(2, pack.Samples.Count);
        Assert.Equal(("nearest", "lanczos"), (pack.Settings["mask_resize"], pack.Settings["image_resize"]));
        Assert.Equal(0, pack["00001"][Channel.Wrinkles]!.Value.ToArray().Count(value => value == 1));
    }

    [Theory]
    [InlineData(2, "'--output' is required")]
    [InlineData(2, "--size must be 16 to 8192", "-o", "@x", "--size", "8")]
    [InlineData(
        2, "--shard-size '10kB' is no size of 1 MB or more; write 500MB or 1GB", "-o", "@x", "--shard-size", "10kB")]
    [InlineData(
        2, "--mask-resize 'all' is unknown; use one of: any, half, nearest", "-o", "@x", "--mask-resize", "all")]
    [InlineData(2, "is a folder; name the file to write", "-o", "@set")]
    [InlineData(1, "has no photo of 00009", "-o", "@x", "--ids", "@foreign.txt")]
    [InlineData(1, "there is no such folder", "-o", "@none/x")]
    public void Wrong_uses_are_told_in_a_line(int exitCode, string expected, params string[] arguments)
    {
        var run = Pack([.. arguments.Select(argument => argument.StartsWith('@') ? _folder[argument[1..]] : argument)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            expected, Assert.Single(run.ErrorLines, line => line.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal(
            ["foreign.txt", "ids.txt", "set"],
            Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_and_nothing_else()
    {
        string[] left = ["x.safetensors.0123abcd.tmp", "x-00002-of-00003.safetensors.0123abcd.tmp"];
        string[] others = ["y.safetensors.0123abcd.tmp", "x.notes.tmp", "x-old.safetensors.0123abcd.tmp"];
        foreach (var name in left.Concat(others))
            File.WriteAllText(_folder[name], "half a file");

        Assert.Equal(0, Pack("-o", _folder["x.safetensors"], "--size", "32").ExitCode);

        Assert.All(left, name => Assert.False(File.Exists(_folder[name])));
        Assert.All(others, name => Assert.True(File.Exists(_folder[name])));
    }

    [Fact]
    public void A_broken_photo_is_named_and_nothing_is_written()
    {
        File.WriteAllText(_folder["set/images/00002.png"], "text");

        var run = Pack("-o", _folder["x"], "--size", "32");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "00002", Assert.Single(run.ErrorLines, line => line.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains("nothing was written", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, "x*"));
    }

    private RhytidProcess Pack(params string[] arguments) =>
        RhytidProcess.Run(["data", "pack", _folder["set"], .. arguments]);
}

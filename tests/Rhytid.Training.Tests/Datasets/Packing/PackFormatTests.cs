using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Packing;

public sealed class PackFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tensor_is_named_by_id_and_channel()
    {
        foreach (var channel in Channels.All)
            Assert.Equal(channel, PackFormat.ChannelOf(PackFormat.NameOf("a/b", channel)));
        Assert.Equal("a/image", PackFormat.NameOf("a", Channel.Photo));
        Assert.Equal([3, 8, 8], PackFormat.ShapeOf(Channel.Photo, 8));
        Assert.Equal([1, 8, 8], PackFormat.ShapeOf(Channel.Skin, 8));
    }

    [Fact]
    public void Files_of_a_pack_are_told_from_others()
    {
        string[] own = ["p.safetensors", "p-00001-of-00002.safetensors", "p-00002-of-00002.safetensors"];
        string[] others =
        [
            "p2.safetensors", "p-0001-of-00002.safetensors", "p-0000x-of-00002.safetensors", "p.txt",
            "p-00001-of-00002.safetensors.ab12.tmp", "p.safetensors.cd34.tmp", "q.safetensors.ef56.tmp",
        ];
        foreach (var name in (string[])[.. own, .. others])
            File.WriteAllText(_folder[name], "");
        var stem = PackFormat.StemOf(_folder["p.SAFETENSORS"]);

        Assert.Equal(_folder["p"], stem);
        Assert.Equal(
            own.Order(StringComparer.Ordinal), PackFormat.FilesOf(stem).Select(path => Path.GetFileName(path)));
        Assert.Equal(
            [own[1], own[0]],
            PackFormat.UnfinishedOf(stem).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(_folder["p.safetensors"], PackFormat.FileOf(stem, 1, 1));
        Assert.Equal(_folder[own[2]], PackFormat.FileOf(stem, 2, 2));
        Assert.Empty(PackFormat.FilesOf(_folder["none/p"]));
    }
}

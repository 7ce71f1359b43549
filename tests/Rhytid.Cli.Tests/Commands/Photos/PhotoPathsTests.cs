using Rhytid.Cli.Commands.Photos;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Photos;

public sealed class PhotoPathsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_are_searched_and_results_are_no_photos()
    {
        Directory.CreateDirectory(_folder["in/below"]);
        foreach (var name in new[] { "in/b.png", "in/b.mask.png", "in/below/a.jpg", "in/notes.txt" })
            File.WriteAllText(_folder[name], "");

        var photos = PhotoPaths.Expand([_folder["in"], "-"], _folder["out"]);

        Assert.Equal(
            [_folder["out/b"], _folder["out/below/a"], _folder["out/stdin"]], photos.Select(photo => photo.OutputStem));
        Assert.Equal(("b", "-"), (photos[0].Stem, photos[2].FileName));
    }

    [Fact]
    public void Photos_of_one_name_keep_their_extensions_or_are_refused()
    {
        var photos = PhotoPaths.Expand([_folder["a.png"], _folder["a.jpg"]], output: null);

        Assert.Equal([_folder["a.png"], _folder["a.jpg"]], photos.Select(photo => photo.OutputStem));
        Assert.Contains(
            "would write the same files",
            Assert.Throws<CommandException>(
                () => PhotoPaths.Expand([_folder["x/a.png"], _folder["y/a.png"]], _folder["out"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<CommandException>(() => PhotoPaths.Expand(["-", "-"], null));
        Assert.Throws<CommandException>(() => PhotoPaths.Expand([_folder.Path], null));
    }
}

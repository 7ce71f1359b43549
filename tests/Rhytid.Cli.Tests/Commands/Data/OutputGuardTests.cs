using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class OutputGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vote @A @B @C -o @A")]
    [InlineData("vote @A @B @C -o @B/voted")]
    [InlineData("vote @all -o @all/annotators/D")]
    [InlineData("vote @all -o @all/annotators")]
    [InlineData("vote @out/masks @B -o @out")]
    [InlineData("merge @faces -o @faces/images/sub")]
    [InlineData("merge @faces -o @faces/masks")]
    [InlineData("semi-auto @faces -o @faces/masks/thin")]
    [InlineData("semi-auto @faces -o @faces/")]
    [InlineData("semi-auto @labels --photos @faces/images -o @faces")]
    [InlineData("weak-labels @faces -o @faces/images")]
    [InlineData("weak-labels @faces -o @faces/weak_wrinkle_masks")]
    [InlineData("weak-labels @photos")]
    [InlineData("weak-labels @photos -o @photos/weak")]
    [InlineData("prepare @faces -o @faces/images")]
    public void An_output_that_would_be_read_is_refused_before_anything_is_written(string call)
    {
        MakeSets();
        var before = Everything();

        var run = RhytidProcess.Run(["data", .. Arguments(call)]);

        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith(
            "is a set that is read; give another folder with -o", Assert.Single(run.ErrorLines),
            StringComparison.Ordinal);
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData("vote @all -o @all/voted")]
    [InlineData("merge @faces -o @faces/merged")]
    [InlineData("weak-labels @faces --skin none")]
    [InlineData("weak-labels @faces --skin none -o @faces/")]
    public void Beside_what_is_read_there_is_room(string call)
    {
        MakeSets();

        Assert.Equal(0, RhytidProcess.Run(["data", .. Arguments(call)]).ExitCode);
    }

    private string[] Arguments(string call) =>
        [.. call.Split(' ').Select(word => word[0] == '@' ? _folder[word[1..]] : word)];

    private void MakeSets()
    {
        DataFolders.Plain(_folder, "faces", ["a"]);
        DataFolders.Plain(_folder, "labels", ["a"]);
        Directory.Delete(_folder["labels/images"], recursive: true);
        Directory.CreateDirectory(_folder["photos"]);
        TestPictures.Landscape(60, 50).Save(_folder["photos/a.png"]);
        foreach (var annotator in new[] { "A", "B", "C", "all/annotators/A", "all/annotators/B", "out/masks" })
        {
            Directory.CreateDirectory(_folder[annotator]);
            Mask.Full(4, 4).Save(_folder[$"{annotator}/a.png"]);
        }
    }

    private List<(string, DateTime)> Everything() =>
        [.. Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.GetLastWriteTimeUtc(path)))];
}

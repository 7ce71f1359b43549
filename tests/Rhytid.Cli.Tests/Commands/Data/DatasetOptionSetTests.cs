using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DatasetOptionSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("data", "check", "faces", "--bogus")]
    [InlineData("data", "split", "faces", "--bogus=3", "-o", "x")]
    [InlineData("data", "merge", "--bogus", "faces", "-o", "x")]
    [InlineData("data", "vote", "A", "B", "--bogus", "-o", "x")]
    [InlineData("data", "agreement", "A", "B", "--bogus")]
    [InlineData("segment", "photo.jpg", "--bogus")]
    [InlineData("texture", "photo.jpg", "--bogus")]
    public void An_option_that_there_is_not_is_no_folder(params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: there is no option '--bogus'", run.ErrorLines[0]);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("split", "-o", "x")]
    [InlineData("merge", "-o", "x")]
    [InlineData("agreement")]
    [InlineData("vote", "-o", "x")]
    public void The_same_folder_twice_is_named_in_one_line(string command, params string[] options)
    {
        var set = DataFolders.Plain(_folder, "faces", ["a"]);

        var run = RhytidProcess.Run(["data", command, set, set + "/", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal($"error: the folder {set} is named twice", Assert.Single(run.ErrorLines));
    }
}

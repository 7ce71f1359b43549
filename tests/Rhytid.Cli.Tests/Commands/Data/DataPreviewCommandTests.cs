using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataPreviewCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sheet.png")]
    [InlineData("sheet.jpg")]
    public void A_contact_sheet_is_written_in_the_format_of_its_extension(string name)
    {
        var set = DataFolders.Plain(_folder, "set", ["a", "b", "c"]);

        var run = RhytidProcess.Run(
            "data", "preview", set, "-o", _folder[$"out/{name}"], "-n", "2", "--size", "64", "--columns", "1", "--pick",
            "most");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("(2 samples)", run.Output, StringComparison.Ordinal);
        var sheet = Image.Load(_folder[$"out/{name}"]);
        Assert.Equal((230, 232), (sheet.Width, sheet.Height));
        Assert.Single(Directory.GetFiles(_folder["out"]));
    }

    [Fact]
    public void The_ids_of_a_list_are_shown()
    {
        var set = DataFolders.Plain(_folder, "set", ["a", "b", "c"]);
        File.WriteAllText(_folder["ids.txt"], "c\na\n");

        Assert.Equal(
            0,
            RhytidProcess.Run(
                "data", "preview", set, "-o", _folder["sheet.png"], "--ids", _folder["ids.txt"], "--size",
                "64").ExitCode);

        File.WriteAllText(_folder["ids.txt"], "c\nq\n");
        var run = RhytidProcess.Run("data", "preview", set, "-o", _folder["other.png"], "--ids", _folder["ids.txt"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 of 2 ids are not in it: q", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["other.png"]));
    }

    [Fact]
    public void Photos_without_labels_are_shown_too_but_not_by_their_wrinkles()
    {
        var set = DataFolders.Unlabelled(_folder);

        Assert.Equal(0, RhytidProcess.Run("data", "preview", set, "-o", _folder["sheet.png"]).ExitCode);

        var run = RhytidProcess.Run("data", "preview", set, "-o", _folder["other.png"], "--pick", "least");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no manual masks in it", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output", "data", "preview", "x")]
    [InlineData("--output 'sheet.gif' has to end in .png, .jpg or .webp", "data", "preview", "x", "-o", "sheet.gif")]
    [InlineData(
        "--pick 'best' is unknown; use one of: spread, first, random, most, least", "data", "preview", "x", "-o",
        "s.png", "--pick", "best")]
    [InlineData(
        "--ids says which samples are shown", "data", "preview", "x", "-o", "s.png", "--ids", "y", "--pick", "most")]
    [InlineData("--size must be 64 to 2048", "data", "preview", "x", "-o", "s.png", "--size", "10")]
    public void Wrong_usage_is_told_in_a_line_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sheet_that_nothing_could_open_is_refused()
    {
        var run = RhytidProcess.Run(
            "data", "preview", DataFolders.Plain(_folder, "set", [.. Enumerable.Range(0, 10).Select(i => $"{i}")]),
            "-o", _folder["s.png"], "--size", "2048");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("show fewer samples or smaller ones", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }
}

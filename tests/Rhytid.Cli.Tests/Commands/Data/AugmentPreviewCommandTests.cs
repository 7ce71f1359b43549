using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class AugmentPreviewCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sheet_of_a_set_shows_the_chosen_sample_and_is_the_same_for_the_same_seed()
    {
        var set = DataFolders.Plain(_folder, "set", ["a", "b"]);

        var run = RhytidProcess.Run(
            "augment-preview", set, "-o", _folder["out/one.png"], "--id", "b", "--preset", "sandu", "-n", "2", "--size",
            "64", "--seed", "4");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("(b)", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "augment-preview", set, "-o", _folder["out/two.png"], "--id", "b", "--preset", "sandu", "-n", "2",
                "--size", "64", "--seed", "4").ExitCode);
        Assert.Equal(Image.Load(_folder["out/one.png"]).Samples, Image.Load(_folder["out/two.png"]).Samples);
    }

    [Fact]
    public void A_sheet_of_a_photo_takes_its_mask_from_a_file()
    {
        TestPictures.Landscape(90, 60).Save(_folder["a.png"]);
        var mask = new Mask(90, 60);
        mask.Row(30).Fill(Mask.Set);
        mask.Save(_folder["mask.png"]);

        var run = RhytidProcess.Run(
            "augment-preview", _folder["a.png"], "-o", _folder["sheet.jpg"], "--mask", _folder["mask.png"], "-n", "1",
            "--size", "64");

        Assert.Equal(0, run.ExitCode);
        Assert.True(Image.Load(_folder["sheet.jpg"]).Width > 5 * 64);
    }

    [Theory]
    [InlineData("--output", "augment-preview", "x.jpg")]
    [InlineData(
        "--preset 'none' is unknown; use one of: moon, kim, sandu", "augment-preview", "x.jpg", "-o", "s.png",
        "--preset", "none")]
    [InlineData("--count must be 0 to 200", "augment-preview", "x.jpg", "-o", "s.png", "-n", "-1")]
    [InlineData(
        "--output 'sheet.gif' has to end in .png, .jpg or .webp", "augment-preview", "x.jpg", "-o", "sheet.gif")]
    [InlineData("--id chooses a sample of a data set", "augment-preview", "x.jpg", "-o", "s.png", "--id", "a")]
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
    public void Files_that_are_missing_or_do_not_fit_are_told_in_a_line()
    {
        TestPictures.Landscape(90, 60).Save(_folder["a.png"]);
        new Mask(60, 90).Save(_folder["mask.png"]);

        AssertLine("no such file", _folder["missing.jpg"]);
        AssertLine(
            "a: the mask has 60 x 90 pixels, the photo 90 x 60", _folder["a.png"], "--mask", _folder["mask.png"]);
        AssertLine("1 of 1 ids are not in it: q", DataFolders.Plain(_folder, "set", ["a"]), "--id", "q");
        Assert.False(File.Exists(_folder["sheet.png"]));
    }

    private void AssertLine(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(["augment-preview", .. arguments, "-o", _folder["sheet.png"]]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }
}

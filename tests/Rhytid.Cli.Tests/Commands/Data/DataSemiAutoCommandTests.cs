using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataSemiAutoCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gaussian")]
    [InlineData("bradley")]
    public void A_rough_band_becomes_a_line_in_a_set_of_its_own(string rule)
    {
        var set = DataFolders.Plain(_folder, "set", ["a", "b"]);

        var run = RhytidProcess.Run("data", "semi-auto", set, "-o", _folder["out"], "--adaptive", rule);

        Assert.Equal(0, run.ExitCode);
        var (rough, label) =
            (ImageEncoding.LoadMask(_folder["set/masks/a.png"]), ImageEncoding.LoadMask(_folder["out/masks/a.png"]));
        Assert.InRange(label.Count(), 60, rough.Count() / 2);
        Assert.Equal(label.Count(), label.And(rough).Count());
        Assert.True(label[60, 50]);
        Assert.Equal(File.ReadAllBytes(_folder["set/images/a.png"]), File.ReadAllBytes(_folder["out/images/a.png"]));
        Assert.Contains(
            "4 were there", RhytidProcess.Run("data", "semi-auto", set, "-o", _folder["out"], "--adaptive", rule).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_is_the_long_side_of_photo_and_label()
    {
        var set = DataFolders.Plain(_folder, "set", ["a"]);

        Assert.Equal(0, RhytidProcess.Run("data", "semi-auto", set, "-o", _folder["out"], "--size", "60").ExitCode);

        Assert.Equal(
            (60, 50),
            (Image.Load(_folder["out/images/a.png"]).Width, ImageEncoding.LoadMask(_folder["out/masks/a.png"]).Height));
        var other = RhytidProcess.Run("data", "semi-auto", set, "-o", _folder["out"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("were made with size 60", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output", "data", "semi-auto", "x")]
    [InlineData(
        "--adaptive 'median' is unknown; use one of: gaussian, bradley", "data", "semi-auto", "x", "-o", "y",
        "--adaptive", "median")]
    [InlineData("--size must be 16 to 8192", "data", "semi-auto", "x", "-o", "y", "--size", "5")]
    [InlineData("--shard '4/4' is no part", "data", "semi-auto", "x", "-o", "y", "--shard", "4/4")]
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
    public void Sets_that_cannot_be_worked_on_are_left_as_they_are()
    {
        var set = DataFolders.Plain(_folder, "set", ["a"]);
        var before = File.ReadAllBytes(_folder["set/masks/a.png"]);

        var onto = RhytidProcess.Run("data", "semi-auto", set, "-o", set + "/");
        var unlabelled = RhytidProcess.Run("data", "semi-auto", DataFolders.Unlabelled(_folder), "-o", _folder["out"]);

        Assert.Equal((2, 1), (onto.ExitCode, unlabelled.ExitCode));
        Assert.Contains("is a set that is read", Assert.Single(onto.ErrorLines), StringComparison.Ordinal);
        Assert.Contains(
            "no id has both a photo and a rough label", Assert.Single(unlabelled.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["set/masks/a.png"]));
        Assert.False(Directory.Exists(_folder["out"]));
    }
}

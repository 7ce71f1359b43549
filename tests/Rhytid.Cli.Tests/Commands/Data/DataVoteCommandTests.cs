using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataVoteCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Three_annotators_become_one_mask_and_a_second_run_has_nothing_to_do()
    {
        SaveThree("00001");
        SaveThree("00002");
        Save("annotators/A/00003.png", 1, 1);

        var run = RhytidProcess.Run("data", "vote", _folder.Path, "-o", _folder["voted"]);
        var again = RhytidProcess.Run("data", "vote", _folder.Path, "-o", _folder["voted"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("masks: 2 made", run.Error, StringComparison.Ordinal);
        Assert.Contains("B lacks 1 of 3 ids: 00003", run.Error, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0, 255, 0, 255, 255, 255], Pixels("voted/masks/00001.png"));
        Assert.Contains("masks: 0 made", again.Error, StringComparison.Ordinal);
        Assert.Contains("2 were there", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_mask_that_was_there_is_told_so()
    {
        SaveThree("00001");
        string[] call = ["data", "vote", _folder.Path, "-o", _folder["voted"]];
        RhytidProcess.Run(call);

        Assert.Contains("1 was there", RhytidProcess.Run(call).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Soft_labels_are_shares_of_votes()
    {
        SaveThree("00001");

        Assert.Equal(
            0, RhytidProcess.Run("data", "vote", _folder.Path, "-o", _folder["voted"], "--method", "soft").ExitCode);

        Assert.Equal([0, 85, 85, 170, 85, 170, 170, 255], Pixels("voted/soft_masks/00001.png"));
    }

    [Fact]
    public void Staple_judges_the_annotators_and_writes_masks_and_probabilities()
    {
        Save("a/1.png", 1, 1, 0, 0, 0, 0, 0, 0);
        Save("b/1.png", 1, 1, 0, 0, 0, 0, 0, 0);
        Save("c/1.png", 1, 1, 1, 0, 0, 0, 0, 0);

        var run = RhytidProcess.Run(
            "data", "vote", _folder["a"], _folder["b"], _folder["c"], "-o", _folder["voted"], "--method", "staple",
            "--margin", "all", "--probabilities", "--csv", _folder["s.csv"]);
        var json = RhytidProcess.Run(
            "data", "vote", _folder["a"], _folder["b"], _folder["c"], "-o", _folder["pooled"], "--method", "staple",
            "--pooled", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("0.8333", run.Output, StringComparison.Ordinal);
        Assert.Equal([255, 255, 0, 0, 0, 0, 0, 0], Pixels("voted/masks/1.png"));
        Assert.Equal([255, 255, 0, 0, 0, 0, 0, 0], Pixels("voted/probabilities/1.png"));
        Assert.StartsWith("1,c,1.000000,0.833333,", File.ReadAllLines(_folder["s.csv"])[3], StringComparison.Ordinal);
        using var document = System.Text.Json.JsonDocument.Parse(json.Output);
        Assert.Equal("c", document.RootElement.GetProperty("annotators")[2].GetProperty("name").GetString());
    }

    [Fact]
    public void Missing_annotators_are_allowed_when_asked_for()
    {
        SaveThree("00001");
        Save("annotators/A/00002.png", 0, 1, 1);
        Save("annotators/B/00002.png", 0, 0, 1);

        Assert.Equal(
            0, RhytidProcess.Run("data", "vote", _folder.Path, "-o", _folder["voted"], "--allow-missing").ExitCode);

        Assert.Equal([0, 0, 255], Pixels("voted/masks/00002.png"));
    }

    [Fact]
    public void A_photo_of_two_sizes_is_named_and_the_others_are_done()
    {
        SaveThree("00001");
        SaveThree("00002");
        Save("annotators/C/00002.png", 1, 1);

        foreach (var method in new[] { "majority", "staple" })
        {
            var run = RhytidProcess.Run("data", "vote", _folder.Path, "-o", _folder[method], "--method", method);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains("error: 00002: C has 2 x 1 pixels, A 8 x 1", run.ErrorLines);
            Assert.Equal(
                ["00001.png"], Directory.GetFiles(_folder[$"{method}/masks"], "*.png").Select(Path.GetFileName));
        }
    }

    [Theory]
    [InlineData("--min-votes 4: there are 3 annotators", "--min-votes", "4")]
    [InlineData("--min-votes belongs to --method majority", "--min-votes", "2", "--method", "soft")]
    [InlineData("--probabilities belongs to --method staple", "--probabilities")]
    [InlineData("--method 'mean' is unknown", "--method", "mean")]
    [InlineData("--margin 'far' must be 0 to 1000 pixels, or all", "--method", "staple", "--margin", "far")]
    public void Wrong_use_gets_a_line(string line, params string[] options)
    {
        SaveThree("00001");

        var run = RhytidProcess.Run(["data", "vote", _folder.Path, "-o", _folder["voted"], .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(line, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["voted"]));
    }

    [Fact]
    public void Masks_of_two_methods_are_not_mixed()
    {
        SaveThree("00001");
        string[] call = ["data", "vote", _folder.Path, "-o", _folder["voted"]];

        Assert.Equal(0, RhytidProcess.Run(call).ExitCode);
        var other = RhytidProcess.Run([.. call, "--min-votes", "3"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains(
            "its files were made with min-votes majority, not 3", Assert.Single(other.ErrorLines),
            StringComparison.Ordinal);
        Assert.Equal(0, RhytidProcess.Run([.. call, "--min-votes", "3", "--overwrite"]).ExitCode);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 255], Pixels("voted/masks/00001.png"));
    }

    [Fact]
    public void Parts_of_the_work_make_the_same_masks_as_all_of_it()
    {
        foreach (var id in new[] { "1", "2", "3" })
            SaveThree(id);
        string[] call = ["data", "vote", _folder.Path, "--method", "staple", "--pooled"];

        Assert.Equal(0, RhytidProcess.Run([.. call, "-o", _folder["whole"]]).ExitCode);
        foreach (var part in new[] { "0/2", "1/2" })
            Assert.Equal(0, RhytidProcess.Run([.. call, "-o", _folder["parts"], "--shard", part]).ExitCode);

        foreach (var id in new[] { "1", "2", "3" })
            Assert.Equal(
                File.ReadAllBytes(_folder[$"whole/masks/{id}.png"]),
                File.ReadAllBytes(_folder[$"parts/masks/{id}.png"]));
    }

    [Fact]
    public void One_annotator_is_too_few()
    {
        Save("a/1.png", 0, 1);

        var run = RhytidProcess.Run("data", "vote", _folder["a"], "-o", _folder["voted"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("one annotator only", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    private byte[] Pixels(string name) => ImageEncoding.LoadGray(_folder[name]).Samples.ToArray();

    private void SaveThree(string id)
    {
        Save($"annotators/A/{id}.png", 0, 1, 0, 1, 0, 1, 0, 1);
        Save($"annotators/B/{id}.png", 0, 0, 1, 1, 0, 0, 1, 1);
        Save($"annotators/C/{id}.png", 0, 0, 0, 0, 1, 1, 1, 1);
    }

    private void Save(string name, params byte[] pixels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        Plane<byte>.FromPixels(pixels, pixels.Length, 1).Save(_folder[name]);
    }
}

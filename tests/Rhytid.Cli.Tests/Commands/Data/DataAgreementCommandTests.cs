using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataAgreementCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Table_csv_and_json_tell_the_same()
    {
        // Two lines of pixels counted by hand, and a photo on which nobody drew anything.
        Save("A/1.png", 1, 1, 0, 0, 0, 1, 0, 0);
        Save("B/1.png", 1, 0, 0, 0, 0, 1, 1, 0);
        Save("A/2.png", 0, 0, 0, 0);
        Save("B/2.png", 0, 0, 0, 0);

        var table = RhytidProcess.Run("data", "agreement", _folder["A"], _folder["B"], "--csv", _folder["a.csv"]);
        var json = RhytidProcess.Run("data", "agreement", _folder["A"], _folder["B"], "--json");

        Assert.Equal(0, table.ExitCode);
        Assert.Contains("A & B", table.Output, StringComparison.Ordinal);
        Assert.Contains("0.7500", table.Output, StringComparison.Ordinal);
        Assert.Contains("0.4667", table.Output, StringComparison.Ordinal);
        Assert.Contains(
            "2 photos; 1 where neither drew anything (Jaccard and F1 are 1 there); 1 where Pearson is undefined",
            table.Output, StringComparison.Ordinal);
        Assert.Contains("mean 0.2925", table.Output, StringComparison.Ordinal);
        Assert.Equal(
            "id,first,second,both,first_only,second_only,neither,jaccard,pearson,f1,f1_1px,f1_2px,f1_3px",
            File.ReadAllLines(_folder["a.csv"])[0]);
        Assert.Equal(
            "1,A,B,2,1,1,4,0.500000,0.466667,0.666667,1.000000,1.000000,1.000000",
            File.ReadAllLines(_folder["a.csv"])[1]);
        Assert.Equal(
            "2,A,B,0,0,0,4,1.000000,,1.000000,1.000000,1.000000,1.000000", File.ReadAllLines(_folder["a.csv"])[2]);
        using var document = JsonDocument.Parse(json.Output);
        var pair = document.RootElement.GetProperty("pairs")[0];
        Assert.Equal(0.75, pair.GetProperty("imageMean").GetProperty("jaccard").GetDouble());
        Assert.Equal(0.5, pair.GetProperty("pooled").GetProperty("jaccard").GetDouble());
        Assert.Equal(
            (1, 1), (pair.GetProperty("bothEmpty").GetInt32(), pair.GetProperty("pearsonUndefined").GetInt32()));
    }

    [Fact]
    public void Empty_masks_and_pixels_outside_can_be_left_out()
    {
        Save("A/1.png", 1, 1, 0, 0);
        Save("B/1.png", 0, 1, 1, 0);
        Save("A/2.png", 0, 0, 0, 0);
        Save("B/2.png", 0, 1, 0, 0);
        Save("skin/1.png", 0, 1, 0, 1);

        var run = RhytidProcess.Run(
            "data", "agreement", _folder["A"], _folder["B"], "--drop-empty", "--within", _folder["skin"]);
        var strict = RhytidProcess.Run("data", "agreement", _folder["A"], _folder["B"], "--within", _folder["skin"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("A lacks 1 of 2 ids: 2", run.Error, StringComparison.Ordinal);
        Assert.Contains("A & B: 1 photo\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("1.0000", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, strict.ExitCode);
        Assert.Contains(
            strict.ErrorLines,
            line => line.StartsWith("error: 2: there is no mask of it in ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "is named twice", "A", "A")]
    [InlineData(1, "there is no such folder", "A", "none")]
    [InlineData(1, "there is no id that all annotators drew", "A", "C")]
    [InlineData(2, "--threads must be 1 or more", "A", "B", "--threads", "0")]
    [InlineData(2, "--wrinkle-value must be 1 to 255", "A", "B", "--wrinkle-value", "0")]
    [InlineData(2, "Required argument 'DIR' missing", null)]
    public void Wrong_use_gets_a_line(int exitCode, string line, params string[]? rest)
    {
        Save("A/1.png", 0, 1);
        Save("B/1.png", 0, 1);
        Save("C/2.png", 0, 1);

        var run =
            RhytidProcess.Run(
                ["data", "agreement", .. (rest ?? []).Select(
                    word => word.Length == 1 && char.IsUpper(word[0]) || word == "none" ? _folder[word] : word)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(run.ErrorLines, error => error.Contains(line, StringComparison.Ordinal));
    }

    private void Save(string name, params byte[] pixels)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        Plane<byte>.FromPixels(pixels, 4 < pixels.Length ? 4 : pixels.Length, 4 < pixels.Length ? pixels.Length / 4 : 1)
            .Save(_folder[name]);
    }
}

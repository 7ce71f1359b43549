using System.Text.RegularExpressions;
using Rhytid.Imaging;
using Rhytid.Measurement;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests;

/// <summary>
/// The README's and the embedding guide's C# is compiled and run: each snippet stands here letter for letter.
/// </summary>
[Collection(nameof(ReadmeTests))]
public sealed class ReadmeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public ReadmeTests()
    {
        Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png")).Save(_folder["photo.jpg"]);
        Directory.SetCurrentDirectory(_folder.Path);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    [Fact]
    public void Three_lines()
    {
        using var segmenter = WrinkleSegmenter.Load();
        var result = segmenter.Segment("photo.jpg");
        Console.WriteLine($"{result.Face?.Measurements.Count ?? 0} wrinkles");

        Assert.NotNull(result.Face);
    }

    [Fact]
    public void Three_lines_of_the_guide()
    {
        using var segmenter = WrinkleSegmenter.Load();
        var result = segmenter.Segment("photo.jpg");
        Console.WriteLine(result.Face?.Measurements.Count);
    }

    [Fact]
    public async Task Async_with_choices()
    {
        using var segmenter = WrinkleSegmenter.Load();
        var cancellationToken = CancellationToken.None;
        var result = await segmenter.SegmentAsync("photo.jpg", new SegmentOptions { Threshold = 0.2f },
            new Progress<SegmentationProgress>(step => Console.WriteLine(step.Step)), cancellationToken);
        foreach (var wrinkle in result.Face!.Measurements.Wrinkles)
            Console.WriteLine($"{wrinkle.LengthPixels:0} pixels long, {wrinkle.MeanWidthPixels:0.0} wide");
        result.WrinkleMask.Save("wrinkles.png");

        Assert.True(File.Exists("wrinkles.png"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/how-to/embed.md")]
    public void Every_snippet_stands_in_this_file(string document)
    {
        var here = Squeeze(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Rhytid.Tests", "ReadmeTests.cs")));
        var text = File.ReadAllText(Path.Combine(Repository.Root, document));
        var snippets = Regex.Matches(text, "```csharp\n(.*?)```", RegexOptions.Singleline);

        Assert.NotEmpty(snippets);
        foreach (Match snippet in snippets)
        {
            var code = string.Join(
                '\n',
                snippet.Groups[1].Value.Split('\n')
                    .Where(line => !line.StartsWith("using Rhytid", StringComparison.Ordinal)));
            Assert.Contains(Squeeze(code), here, StringComparison.Ordinal);
        }
    }

    private static string Squeeze(string code) => Regex.Replace(code, @"\s+", " ").Trim();
}

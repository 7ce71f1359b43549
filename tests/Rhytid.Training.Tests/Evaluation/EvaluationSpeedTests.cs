using System.Diagnostics;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Tests.Datasets;
using Rhytid.Training.Tests.Datasets.Sets;
using Xunit.Abstractions;

namespace Rhytid.Training.Tests.Evaluation;

[Collection(Alone.Name)]
public sealed class EvaluationSpeedTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The bar is 30 s for 1,000 pairs on 2 cores. This is a tenth of it, with a wide margin for machines that do other
    // things as well.
    [Fact]
    public void A_hundred_pairs_of_full_size_take_seconds()
    {
        for (var i = 0; i < 4; i++)
        {
            TestDataset.Write(Lines(i), _folder["data/masks"], $"{i:D3}.png");
            TestDataset.Write(Lines(i + 50), _folder["predicted"], $"{i:D3}.png");
        }
        for (var i = 4; i < 100; i++)
        {
            File.Copy(_folder[$"data/masks/{i % 4:D3}.png"], _folder[$"data/masks/{i:D3}.png"]);
            File.Copy(_folder[$"predicted/{i % 4:D3}.png"], _folder[$"predicted/{i:D3}.png"]);
        }
        Run(new EvaluationOptions(), photos: 10);

        var watch = Stopwatch.StartNew();
        Run(new EvaluationOptions { Threads = 2 });
        output.WriteLine(
            $"100 pairs of 1024 x 1024, strict and 3 tolerances, 2 threads: {watch.Elapsed.TotalSeconds:0.00} s");
        var masks = watch.Elapsed;
        watch.Restart();
        Run(new EvaluationOptions { Threads = 2, CenterLine = true }, photos: 10);
        output.WriteLine($"10 pairs with clDice: {watch.Elapsed.TotalSeconds:0.00} s");
        watch.Restart();
        Run(new EvaluationOptions { Threads = 2, Maps = _folder["predicted"] });
        output.WriteLine($"100 pairs with maps: {watch.Elapsed.TotalSeconds:0.00} s");

        Assert.True(masks < TimeSpan.FromSeconds(15), $"{masks.TotalSeconds:0.0} s");
    }

    private void Run(EvaluationOptions options, int photos = int.MaxValue)
    {
        var dataset = WrinkleDataset.Open(_folder["data"]);
        var ids = dataset.Samples.Take(photos).Select(sample => sample.Id).ToHashSet();
        MaskEvaluator.Run(dataset.Where(sample => ids.Contains(sample.Id)), _folder["predicted"], options);
    }

    // About one pixel in a hundred is wrinkle, as in the published sets.
    private static Mask Lines(int seed)
    {
        var random = new Random(seed);
        var mask = new Mask(1024, 1024);
        for (var line = 0; line < 25; line++)
        {
            var (left, top, bend) = (random.Next(100, 800), random.Next(100, 900), random.Next(20, 90));
            for (var x = 0; x < 110; x++)
                for (var y = 0; y < 4; y++)
                    mask[left + x, top + y + (int)(10 * Math.Sin(x / (double)bend))] = true;
        }
        return mask;
    }
}

using System.Globalization;
using Rhytid.Models;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;
using static Rhytid.Bench.SideBySide;

namespace Rhytid.Bench;

/// <summary>
/// Augmenting a batch beside one training step on it: by preset, and by operation when it happens to every sample.
/// </summary>
/// <remarks>
/// <c>dotnet run -c Release --project bench/Rhytid.Bench -- augmentation [--size 512] [--batch 8] [--rounds 10]
/// [--steps 2]</c>
/// </remarks>
internal static class AugmentationTiming
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        var (size, count) = (Number(arguments, "--size", 512), Number(arguments, "--batch", 8));
        using var scope = TensorScope.Begin();
        var batch = Batch(size, count);
        var lanes = new List<Lane>();
        foreach (var preset in AugmentationPresets.All)
            lanes.Add(Augment(preset.Name, preset, batch));
        var none = AugmentationPresets.Named("none");
        foreach (var operation in
            AugmentationPresets.All.SelectMany(preset => preset.Geometry)
                .Append(ElasticDistortion.Visible)
                .Distinct())
            lanes.Add(
                Augment(
                    $"  {operation.Name}: {operation.Magnitudes}",
                    none with { Geometry = [operation with { Probability = 1 }] }, batch));
        foreach (var operation in AugmentationPresets.All.SelectMany(preset => preset.Pixels))
            lanes.Add(
                Augment(
                    $"  {operation.Name}: {operation.Magnitudes}",
                    none with { Pixels = [operation with { Probability = 1 }] }, batch));
        SideBySide.Run(lanes, 1); // warm-up
        lanes.ForEach(lane => lane.Times.Clear());
        SideBySide.Run(lanes, Number(arguments, "--rounds", 10));
        Console.WriteLine(
            $"batch of {count} at {size} x {size}, {TorchRuntime.Threads} threads, libtorch {TorchRuntime.Version}");
        foreach (var lane in lanes)
            Console.WriteLine(
                $"{lane.Name,-70}{lane.Times.Average(),8:F0} ms mean{lane.Times.Min(),8:F0} fastest{lane.Times.Max(),8:F0} slowest");

        var step = new Lane("step") { Pass = TrainingStep(batch) };
        SideBySide.Run([step], Number(arguments, "--steps", 2));
        if (step.Times.Count > 0)
            Console.WriteLine(
                $"{"one step of the U-Net, forward and backward, f32",-70}{step.Times.Average(),8:F0} ms mean{step.Times.Min(),8:F0} fastest");
        return 0;
    }

    private static Lane Augment(string name, AugmentationPipeline pipeline, TrainingBatch batch)
    {
        var (augmenter, epoch) = (new Augmenter(pipeline, seed: 1), 0);
        return new Lane(name)
        {
            Pass = () => Time(() =>
            {
                using var scope = TensorScope.Begin();
                augmenter.Apply(batch, epoch++);
            }),
        };
    }

    private static Func<double> TrainingStep(TrainingBatch batch)
    {
        var network = ModelCatalog.Create("unet");
        network.Parameters.Train();
        var loss = new SoftDice();
        return () => Time(() =>
        {
            using var scope = TensorScope.Begin();
            var logits = network.Forward((batch.Photo.To(DType.Float32) / 255).Contiguous(MemoryFormat.ChannelsLast));
            loss.Compute([logits], new LossTarget(batch[Channel.Wrinkles]!.To(DType.Float32))).Total.Backward();
        });
    }

    private static TrainingBatch Batch(int size, int count)
    {
        Tensor Levels(string name, int channels, double factor) =>
            ((Tensor.From(
                GoldenFormula.Values($"{name}.input", count, channels, size, size), count, channels, size,
                size) + 1) * (factor / 2)).To(DType.UInt8);
        return new TrainingBatch
        {
            Ids = [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))],
            [Channel.Photo] = Levels("photo", 3, 255),
            [Channel.Texture] = Levels("texture", 1, 255),
            [Channel.Wrinkles] = Levels("mask", 1, 1.01),
            [Channel.ScoredRegion] = Tensor.Ones([count, 1, size, size], DType.UInt8),
        };
    }

    private static int Number(IReadOnlyList<string> arguments, string name, int otherwise) =>
        Option(arguments, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

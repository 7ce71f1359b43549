using System.Globalization;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Tracking;
using Rhytid.Training.Schedules;
using static Rhytid.Bench.SideBySide;

namespace Rhytid.Bench;

/// <summary>
/// One epoch of training the paper's U-Net beside the same network, loss, optimizer and batches in PyTorch; epochs
/// alternate in one run.
/// </summary>
/// <remarks>
/// <c>dotnet run -c Release --project bench/Rhytid.Bench -- training --data PACK [--width 64] [--batch 4] [--samples
/// 16] [--rounds 5]</c>
/// </remarks>
internal static class TrainingSideBySide
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        int Number(string name, int fallback) =>
            int.Parse(Option(arguments, name) ?? $"{fallback}", CultureInfo.InvariantCulture);
        var (width, batch, count, rounds) =
            (Number("--width", 64), Number("--batch", 4), Number("--samples", 16), Number("--rounds", 5));
        using var pack = PackedDataset.Open(
            Option(arguments, "--data")
                ?? throw new ArgumentException("--data PACK is missing: rhytid data pack makes one"));
        var ids =
            pack.Samples.Where(sample => sample[Channel.Wrinkles] is not null).Take(count).Select(sample =>
                sample.Id).ToList();
        var folder = Directory.CreateTempSubdirectory("rhytid-bench-").FullName;
        try
        {
            var (photos, masks) = (Path.Combine(folder, "photos.npy"), Path.Combine(folder, "masks.npy"));
            Write(photos, pack, ids, 3, sample => sample.Photo);
            Write(masks, pack, ids, 1, sample => sample[Channel.Wrinkles]!.Value);
            string[] common =
            [
                Path.Combine(RepositoryRoot(), "bench", "peers", "pytorch_training.py"), "--photos", photos, "--masks",
                masks, "--batch", $"{batch}", "--width", $"{width}", "--threads", $"{TorchRuntime.Threads}"
            ];
            var python = Option(arguments, "--python") ?? "/usr/bin/python3";
            List<Lane> lanes =
            [
                Peer("PyTorch, eager, f32", python, common),
                Peer("PyTorch, eager, channels-last, f32", python, [.. common, "--channels-last"])
            ];
            if (Precisions.HasFastBf16(Device.Cpu))
                lanes.Add(
                    Peer("PyTorch, channels-last, bf16 autocast", python, [.. common, "--channels-last", "--bf16"]));
            foreach (var lane in lanes)
                lane.Start();
            lanes.Add(Ours("Rhytid, f32", pack, ids, width, batch, bf16: false, folder));
            if (Precisions.HasFastBf16(Device.Cpu))
                lanes.Add(Ours("Rhytid, bf16", pack, ids, width, batch, bf16: true, folder));
            SideBySide.Run(lanes, rounds);
            Console.WriteLine(
                $"one epoch of {ids.Count} photos of {pack.Size} x {pack.Size}, U-Net of width {width}, batches of {batch}, {TorchRuntime.Threads} threads, libtorch {TorchRuntime.Version}, {rounds} alternating epochs");
            Console.WriteLine($"{"",-38}{"median ms",11}{"fastest ms",12}{"x eager",9}{"images/s",10}");
            foreach (var lane in lanes)
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{lane.Name,-38}{lane.Median,11:F0}{lane.Times.Min(),12:F0}{lanes[0].Median / lane.Median,9:F2}{1000 * ids.Count / lane.Median,10:F2}  {lane.Note}"));
            foreach (var lane in lanes)
                lane.Stop();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // All that a run does in an epoch: batches, steps, the log, best and last checkpoint.
    private static Lane Ours(
        string name, PackedDataset pack, IReadOnlyList<string> ids, int width, int batch, bool bf16, string folder)
    {
        var preprocessing = Preprocessing.Moon(3, masked: false) with { Size = pack.Size };
        var network = ModelCatalog.Create("unet", new ModelOptions { OutChannels = 2, Width = width });
        foreach (var entry in network.Parameters.Entries.Where(entry => entry.Tensor.DType == DType.Float32))
            GoldenFormula.Values(entry.Name, entry.Tensor.Shape).CopyTo(entry.Tensor.AsSpan<float>());
        var model = new ModelFile("unet", network, preprocessing, new Dictionary<string, string>());
        var plan = new TrainingPlan
        {
            Objective = new WrinkleObjective(preprocessing),
            Loss = new SoftDice(),
            Schedule = () => new Constant(1e-4),
            Optimizer = TrainingPlan.AdamW,
            Epochs = 0,
            BatchSize = batch,
            Bf16 = bf16,
        };
        var place = Path.Combine(folder, name);
        Directory.CreateDirectory(place);
        var log = new MetricsLog(place);
        var loop = new TrainingLoop(plan, model, new TrainingBatches(pack, ids, batch, seed: 0), null, place);
        return new Lane(name)
        {
            Note = FirstLoss(model, plan, pack, [.. ids.Take(batch)]),
            Pass = () => Time(() => loop.Fit([log], loop.Progress.Epoch + 1)),
            Stop = () =>
            {
                loop.Dispose();
                log.Dispose();
                model.Dispose();
            },
        };
    }

    // The same number as the peer's, or the two do not do the same work.
    private static string FirstLoss(ModelFile model, TrainingPlan plan, PackedDataset pack, IReadOnlyList<string> ids)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        model.Network.Parameters.Train();
        using var batch = new ValidationBatches(pack, ids, ids.Count).Epoch(0).Single();
        var (inputs, targets) = plan.Objective.Prepare(batch, 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"loss of the first batch {plan.Loss.Compute(model.Network.ForwardHeads(inputs), targets).Total.ToDouble():F6}");
    }

    private static void Write(
        string path, PackedDataset pack, List<string> ids, int channels, Func<PackedSample, ReadOnlyMemory<byte>> of)
    {
        byte[] all = [.. ids.SelectMany(id => of(pack[id]).ToArray())];
        using var tensor = Tensor.FromBytes(all, DType.UInt8, ids.Count, channels, pack.Size, pack.Size);
        File.WriteAllBytes(path, Npy.ToBytes(tensor.ToStored("pictures")));
    }
}

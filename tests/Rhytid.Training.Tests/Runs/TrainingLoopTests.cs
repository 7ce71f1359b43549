using Rhytid.Models;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Tracking;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Tests.Runs;

// The seed and the state of random numbers belong to the whole process.
[Collection(Alone.Name)]
public sealed class TrainingLoopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedDataset _data;

    public TrainingLoopTests() => _data = LineSet.Pack(_folder.Path, count: 10);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void TheLoopLearns()
    {
        using var model = Model(seed: 1);
        using var loop = Loop(model, "run", Plan(epochs: 40));

        loop.Run();

        Assert.True(loop.Progress.BestScore > 0.9, $"mean JSI {loop.Progress.BestScore} on the photos it learned from");
        using var best = ModelFile.Load(_folder["run/best.safetensors"]);
        Assert.Equal("unet", best.Model);
    }

    // Stopped in the middle of an epoch, gone on with by another process's objects: the same bytes.
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public void ARunGoesOnAsIfItHadNeverStopped(int stopAfter, bool plateau)
    {
        var plan = Plan(epochs: 4, plateau);
        using (var model = Model(seed: 1))
        using (var whole = Loop(model, "whole", plan))
            whole.Run();

        using var stop = new CancellationTokenSource();
        using (var model = Model(seed: 1))
        using (var first = Loop(model, "parts", plan, new StopAfter(stopAfter, stop)))
            Assert.Throws<OperationCanceledException>(() => first.Run(stop.Token));
        using (var model = Model(seed: 99))
        using (var second = Loop(model, "parts", plan))
        {
            Assert.True(second.Resume());
            second.Run();
        }

        Assert.Equal(File.ReadAllBytes(_folder["whole/last.safetensors"]), File.ReadAllBytes(_folder["parts/last.safetensors"]));
        Assert.Equal(File.ReadAllBytes(_folder["whole/best.safetensors"]), File.ReadAllBytes(_folder["parts/best.safetensors"]));
    }

    [Fact]
    public void ALossThatIsNoNumberStopsTheRunAndKeepsTheLastGoodCheckpoint()
    {
        using var model = Model(seed: 1);
        using (var good = Loop(model, "run", Plan(epochs: 1)))
            good.Run();
        var before = File.ReadAllBytes(_folder["run/last.safetensors"]);
        using var loop = Loop(model, "run", Plan(epochs: 3) with { Loss = new Undefined() });
        loop.Resume();

        var error = Assert.Throws<TrainingException>(() => loop.Run());

        Assert.Contains("the loss is NaN in epoch 2, batch 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["run/last.safetensors"]));
    }

    [Fact]
    public void PatienceEndsTheRun()
    {
        using var model = Model(seed: 1);
        using var loop = Loop(model, "run", Plan(epochs: 50) with { Patience = 2, Schedule = () => new Constant(0) });

        loop.Run();

        Assert.Equal(3, loop.Progress.Epoch);
    }

    [Fact]
    public void TheLogHasTheKeysOfTheSpecification()
    {
        using (var model = Model(seed: 1))
        using (var log = new MetricsLog(_folder["run"]))
        using (var loop = Loop(model, "run", Plan(epochs: 1), log))
            loop.Run();

        var text = File.ReadAllText(_folder["run/metrics.jsonl"]);
        string[] keys = ["train/loss", "train/dice_loss", "train/focal_loss", "train/pos_ratio", "train/grad_norm", "train/step", "learning_rate", "val/iou", "val/f1", "val/precision", "val/recall", "val/accuracy", "val/specificity", "val/total_loss", "val/epoch", "best_val_iou", "best_val_epoch"];
        Assert.All(keys, key => Assert.Contains($"\"{key}\":", text, StringComparison.Ordinal));
    }

    [Fact]
    public void BatchesDependOnSeedAndEpochAlone()
    {
        var loader = new TrainingBatches(_data, [.. _data.Samples.Select(sample => sample.Id)], size: 3, seed: 5);
        List<string> Order(int epoch, int first = 0)
        {
            var ids = new List<string>();
            foreach (var batch in loader.Epoch(epoch, first))
            {
                ids.AddRange(batch.Ids);
                batch.Dispose();
            }
            return ids;
        }

        Assert.Equal(Order(2), Order(2));
        Assert.NotEqual(Order(2), Order(3));
        Assert.Equal(Order(2)[6..], Order(2, first: 2));
        Assert.Equal(_data.Samples.Select(sample => sample.Id).Order(StringComparer.Ordinal), Order(1).Order(StringComparer.Ordinal));
    }

    private static ModelFile Model(int seed)
    {
        TorchRuntime.Seed((ulong)seed);
        return new ModelFile("unet", ModelCatalog.Create("unet", new ModelOptions { Width = 4, OutChannels = 2 }), Preprocessing.Moon(3, masked: false) with { Size = LineSet.Side }, new Dictionary<string, string>());
    }

    private TrainingLoop Loop(ModelFile model, string folder, TrainingPlan plan, params ITracker[] trackers)
    {
        string[] ids = [.. _data.Samples.Select(sample => sample.Id)];
        return new TrainingLoop(plan, model, new TrainingBatches(_data, ids, plan.BatchSize, plan.Seed), new ValidationBatches(_data, ids, plan.BatchSize), _folder[folder], trackers);
    }

    private static TrainingPlan Plan(int epochs, bool plateau = false) => new()
    {
        Objective = new WrinkleObjective(Preprocessing.Moon(3, masked: false) with { Size = LineSet.Side }),
        Loss = new WeightedSum((new BinaryDice(), 1), (new FocalLoss(), 1)),
        Schedule = plateau ? () => new ReduceOnPlateau(2e-2, patience: 0) : () => new CosineRestarts(2, 2e-2),
        Optimizer = TrainingPlan.AdamW,
        Epochs = epochs,
        BatchSize = 4,
        ClipNorm = 1,
    };

    private sealed class Undefined : ILoss
    {
        public string Name => "undefined";

        public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target) => LossValue.Of("undefined", outputs[0].Sum() * double.NaN);
    }

    private sealed class StopAfter(int steps, CancellationTokenSource stop) : ITracker
    {
        public void Scalars(long step, IReadOnlyDictionary<string, double> values)
        {
            if (step >= steps)
                stop.Cancel();
        }

        public void Picture(long step, string name, ReadOnlyMemory<byte> png, int width, int height)
        {
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}

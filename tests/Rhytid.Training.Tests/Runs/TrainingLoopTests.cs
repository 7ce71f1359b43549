using System.Text.Json;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Optim;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
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
    public void The_loop_learns()
    {
        using var model = Model(seed: 1);
        using var loop = Loop(model, "run", Plan(epochs: 40));

        var result = loop.Fit();

        Assert.True(result.BestScore > 0.9, $"mean JSI {result.BestScore} on the photos it learned from");
        Assert.Equal((40, 120, FitEnd.LastEpoch), (result.Epochs, result.Steps, result.End));
        using var best = ModelFile.Load(_folder["run/best.safetensors"]);
        Assert.Equal("unet", best.Model);
    }

    // Stopped in the middle of an epoch, gone on with by another process's objects: the same bytes.
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public void A_run_goes_on_as_if_it_had_never_stopped(int stopAfter, bool plateau)
    {
        var plan = Plan(epochs: 4, plateau);
        using (var model = Model(seed: 1))
        using (var whole = Loop(model, "whole", plan))
            whole.Fit();

        using var stop = new CancellationTokenSource();
        using (var model = Model(seed: 1))
        using (var first = Loop(model, "parts", plan))
            Assert.Throws<OperationCanceledException>(
                () => first.Fit([new StopAfter(stopAfter, stop)], cancellationToken: stop.Token));
        using (var model = Model(seed: 99))
        using (var second = Loop(model, "parts", plan))
        {
            Assert.True(second.Resume());
            second.Fit();
        }

        Assert.Equal(
            File.ReadAllBytes(_folder["whole/last.safetensors"]), File.ReadAllBytes(_folder["parts/last.safetensors"]));
        Assert.Equal(
            File.ReadAllBytes(_folder["whole/best.safetensors"]), File.ReadAllBytes(_folder["parts/best.safetensors"]));
    }

    // The averages, the checkpoint's and those of the file for use, go on too.
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void A_run_with_a_moving_average_goes_on_as_if_it_had_never_stopped(int stopAfter)
    {
        var plan = Plan(epochs: 3) with { EmaDecay = 0.9 };
        AssertGoesOn(plan, stop => new StopAfter(stopAfter, stop));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.9)]
    public void A_run_that_was_stopped_in_a_validation_goes_on_with_it(double? average) =>
        AssertGoesOn(
            Plan(epochs: 3, plateau: true) with { EmaDecay = average }, stop => new StopBeforeValidation(stop));

    // What is saved for use is the average of the weights after each step, by its formula.
    [Fact]
    public void The_best_file_holds_the_averages()
    {
        using var model = Model(seed: 1);
        var expected = Weights(model.Network);
        var steps = 0;
        var tracker = new EachStep(() =>
        {
            var decay = Math.Min(0.2, (1.0 + steps) / (10 + steps));
            foreach (var (name, live) in Weights(model.Network))
                expected[name] = [.. expected[name].Zip(live, (old, now) => (decay * old) + ((1 - decay) * now))];
            steps++;
        });
        string[] ids = [.. _data.Samples.Select(sample => sample.Id)];
        var plan = Plan(epochs: 1) with { EmaDecay = 0.2 };
        using (var loop = new TrainingLoop(
            plan, model, new TrainingBatches(_data, ids, plan.BatchSize, plan.Seed), validation: null, _folder["run"]))
            loop.Fit([tracker]);

        Assert.Equal(3, tracker.Steps);
        using var best = ModelFile.Load(_folder["run/best.safetensors"]);
        var found = Weights(best.Network);
        Assert.All(
            expected,
            weight =>
                Assert.All(weight.Value.Zip(found[weight.Key]), pair => Assert.Equal(pair.First, pair.Second, 1e-6)));
        Assert.Contains(found, weight => !weight.Value.SequenceEqual(Weights(model.Network)[weight.Key]));
    }

    // The time is up at once: one step, a validation, a checkpoint. Each further run does one step more.
    [Theory]
    [InlineData(null)]
    [InlineData(0.9)]
    public void A_budget_ends_with_a_validation_and_a_checkpoint_to_go_on_from(double? average)
    {
        var plan = Plan(epochs: 2) with { EmaDecay = average };
        using (var model = Model(seed: 1))
        using (var whole = Loop(model, "whole", plan))
            whole.Fit();

        for (var run = 1; run <= 2; run++)
        {
            using var model = Model(seed: run);
            using var log = new MetricsLog(_folder["parts"], run - 1);
            using var loop = Loop(model, "parts", plan with { Budget = TimeSpan.FromTicks(1) });
            Assert.Equal(run > 1, loop.Resume());
            Assert.Equal(FitEnd.TimeLimit, loop.Fit([log]).End);
            Assert.Equal((run, run, 0), ((int)loop.Progress.Step, loop.Progress.Batch, loop.Progress.Epoch));
            Assert.NotNull(loop.Progress.BestScore);
        }
        Assert.Equal(
            2,
            File.ReadLines(_folder["parts/metrics.jsonl"])
                .Count(line => line.Contains("val/iou", StringComparison.Ordinal)));
        using (var model = Model(seed: 99))
        using (var last = Loop(model, "parts", plan))
        {
            Assert.True(last.Resume());
            last.Fit();
            Assert.Equal((2, 0), (last.Progress.Epoch, last.Progress.Batch));
        }

        // But for when it was validated, which only the progress tells.
        using var expected = SafetensorsFile.Open(_folder["whole/last.safetensors"]);
        using var found = SafetensorsFile.Open(_folder["parts/last.safetensors"]);
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), found.Tensors.Select(tensor => tensor.Name));
        Assert.All(
            expected.Tensors,
            tensor => Assert.True(tensor.Bytes.Span.SequenceEqual(found[tensor.Name].Bytes.Span), tensor.Name));
    }

    // Runs that validate by the loss alone have no score to compare with.
    [Fact]
    public void A_validation_loss_that_is_no_number_is_no_best_epoch()
    {
        using var model = Model(seed: 1);
        var preprocessing = Preprocessing.Moon(3, masked: false);
        var loss = new UndefinedAtFirst();
        using var loop = Loop(
            model, "run",
            Plan(epochs: 3) with { Objective = new Unscored(new WrinkleObjective(preprocessing)), Loss = loss });

        loop.Fit();

        Assert.InRange(loop.Progress.BestEpoch, 1, 2);
        Assert.True(double.IsFinite(loop.Progress.BestScore!.Value));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_and_keeps_the_last_good_checkpoint()
    {
        using var model = Model(seed: 1);
        using (var good = Loop(model, "run", Plan(epochs: 1)))
            good.Fit();
        var before = File.ReadAllBytes(_folder["run/last.safetensors"]);
        using var loop = Loop(model, "run", Plan(epochs: 3) with { Loss = new Undefined() });
        loop.Resume();

        var error = Assert.Throws<TrainingException>(() => loop.Fit());

        Assert.Contains("the loss is NaN in epoch 2, batch 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["run/last.safetensors"]));
    }

    // Cosine of two epochs: half of the largest rate in the second one, for the head ten times as much.
    [Fact]
    public void The_schedule_sets_each_groups_own_rate()
    {
        using var model = Model(seed: 1);
        Optimizer? optimizer = null;
        using var loop = Loop(model, "run", Plan(epochs: 2) with
        {
            Optimizer = (parameters, rate) => optimizer = new Sgd([
                new ParameterGroup(
                    parameters.Where(parameter => !parameter.Name.StartsWith("outc.", StringComparison.Ordinal)), rate),
                new ParameterGroup(
                    parameters.Where(parameter => parameter.Name.StartsWith("outc.", StringComparison.Ordinal)),
                    rate) { RateFactor = 10 }]),
        });

        loop.Fit();

        Assert.Equal(1e-2, loop.Progress.LearningRate, 1e-12);
        Assert.Equal([1e-2, 1e-1], optimizer!.Groups.Select(group => Math.Round(group.LearningRate, 12)));
    }

    [Fact]
    public void Patience_ends_the_run()
    {
        using var model = Model(seed: 1);
        using var loop = Loop(model, "run", Plan(epochs: 50) with { Patience = 2, Schedule = () => new Constant(0) });

        var result = loop.Fit();

        Assert.Equal((3, 1, FitEnd.EarlyStopping), (result.Epochs, result.BestEpoch, result.End));
    }

    [Fact]
    public void The_log_has_the_keys_of_the_specification()
    {
        using (var model = Model(seed: 1))
        using (var log = new MetricsLog(_folder["run"]))
        using (var loop = Loop(model, "run", Plan(epochs: 1)))
            loop.Fit([log]);

        var text = File.ReadAllText(_folder["run/metrics.jsonl"]);
        string[] keys =
        [
            "train/loss", "train/dice_loss", "train/focal_loss", "train/pos_ratio", "train/grad_norm", "train/step",
            "learning_rate", "val/iou", "val/f1", "val/precision", "val/recall", "val/accuracy", "val/specificity",
            "val/total_loss", "val/epoch", "best_val_iou", "best_val_epoch"
        ];
        Assert.All(keys, key => Assert.Contains($"\"{key}\":", text, StringComparison.Ordinal));
        Assert.Equal(
            ["train/step", "epoch", "learning_rate", "train/loss", "train/grad_norm", "train/pos_ratio",
                "train/dice_loss", "train/focal_loss"],
            KeysOf(text.Split('\n')[0]));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["train/step", "time/epoch_seconds", "time/waiting_for_data"], KeysOf(lines[^2]));
        Assert.Equal(
            ["train/step", "val/iou", "val/f1", "val/precision", "val/recall", "val/accuracy", "val/specificity",
                "val/iou_pooled", "val/epoch", "val/total_loss", "best_val_iou", "best_val_epoch"],
            KeysOf(lines[^1]));
    }

    private static IEnumerable<string> KeysOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.EnumerateObject().Select(property => property.Name)];
    }

    // Stopped once, gone on with by other objects: the same bytes as in one go.
    private void AssertGoesOn(TrainingPlan plan, Func<CancellationTokenSource, IRunLogger> stopping)
    {
        using (var model = Model(seed: 1))
        using (var whole = Loop(model, "whole", plan))
            whole.Fit();

        using var stop = new CancellationTokenSource();
        using (var model = Model(seed: 1))
        using (var first = Loop(model, "parts", plan))
            Assert.Throws<OperationCanceledException>(
                () => first.Fit([stopping(stop)], cancellationToken: stop.Token));
        using (var model = Model(seed: 99))
        using (var second = Loop(model, "parts", plan))
        {
            Assert.True(second.Resume());
            second.Fit();
        }

        Assert.Equal(
            File.ReadAllBytes(_folder["whole/last.safetensors"]), File.ReadAllBytes(_folder["parts/last.safetensors"]));
        Assert.Equal(
            File.ReadAllBytes(_folder["whole/best.safetensors"]), File.ReadAllBytes(_folder["parts/best.safetensors"]));
        Assert.Equal(File.ReadAllBytes(_folder["whole/images.csv"]), File.ReadAllBytes(_folder["parts/images.csv"]));
    }

    private static Dictionary<string, double[]> Weights(Network network) =>
        network.Parameters.Parameters.ToDictionary(
            entry => entry.Name, entry => Array.ConvertAll(entry.Tensor.ToArray<float>(), value => (double)value));

    private static ModelFile Model(int seed)
    {
        TorchRuntime.Seed((ulong)seed);
        return new ModelFile(
            "unet", ModelCatalog.Create("unet", new ModelOptions { Width = 4, OutChannels = 2 }),
            Preprocessing.Moon(3, masked: false) with { Size = LineSet.Side }, new Dictionary<string, string>());
    }

    private TrainingLoop Loop(ModelFile model, string folder, TrainingPlan plan)
    {
        string[] ids = [.. _data.Samples.Select(sample => sample.Id)];
        return new TrainingLoop(
            plan, model, new TrainingBatches(_data, ids, plan.BatchSize, plan.Seed),
            new ValidationBatches(_data, ids, plan.BatchSize), _folder[folder]);
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

        public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target) =>
            LossValue.Create("undefined", outputs[0].Sum() * double.NaN);
    }

    // No number in the first validation, whose three batches come after the epoch's three.
    private sealed class UndefinedAtFirst : ILoss
    {
        private int _calls;

        public string Name => "undefined";

        public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
        {
            _calls++;
            return LossValue.Create("sum", outputs[0].Abs().Mean() * (_calls is > 3 and <= 6 ? double.NaN : 1));
        }
    }

    // Without a metric, and nothing monitored.
    private sealed class Unscored(IObjective inner) : IObjective
    {
        public string Id => inner.Id;

        public InputsAndTargets Prepare(WrinkleBatch batch, int epoch) => inner.Prepare(batch, epoch);
    }

    private sealed class StopAfter(int steps, CancellationTokenSource stop) : IRunLogger
    {
        public void Log(LogEntry entry)
        {
            if (entry.Step >= steps)
                stop.Cancel();
        }
    }

    // An epoch's entry comes between its last batch and its validation.
    private sealed class StopBeforeValidation(CancellationTokenSource stop) : IRunLogger
    {
        public void Log(LogEntry entry)
        {
            if (entry is EpochLog { Step: > 3 })
                stop.Cancel();
        }
    }

    private sealed class EachStep(Action action) : IRunLogger
    {
        public int Steps { get; private set; }

        public void Log(LogEntry entry)
        {
            if (entry is not StepLog)
                return;
            Steps++;
            action();
        }
    }
}

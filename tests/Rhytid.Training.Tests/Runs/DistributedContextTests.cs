using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Optim;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Tracking;
using Rhytid.Training.Schedules;
using Rhytid.Training.Tests.Distributed;

namespace Rhytid.Training.Tests.Runs;

[Collection(Alone.Name)]
public sealed class DistributedContextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly PackedDataset _data;

    private bool _isFrozen;

    public DistributedContextTests() => _data = LineSet.Pack(_folder.Path, count: 9);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    // Nine samples in batches of four: the last batch has fewer samples than two ranks. The U-Net has batch norm in
    // every block.
    [SkippableTheory]
    [InlineData(2, 1, false)]
    [InlineData(2, 2, true)]
    [InlineData(3, 1, false)]
    public void The_weights_are_those_of_one_process(int ranks, int accumulate, bool isFrozen)
    {
        _isFrozen = isFrozen;
        Skip.IfNot(ThreadRanks.Exist, "this build cannot join processes");
        var first = WeightsOf(Model());
        var alone = Train("alone", accumulate, null);

        var shared = ThreadRanks.Run(ranks, group => Train("shared", accumulate, group));

        Assert.True(Furthest(first, alone) > 2e-3, $"it learns: {Furthest(first, alone)}");
        Assert.All(shared, weights => Assert.InRange(Furthest(alone, weights), 0, 1e-5));
        Assert.All(shared, weights => Assert.Equal(shared[0], weights));
        Assert.Equal(Lines("alone"), Lines("shared"));
    }

    [SkippableFact]
    public void One_rank_that_is_stopped_stops_all_after_the_same_step_and_all_go_on()
    {
        Skip.IfNot(ThreadRanks.Exist, "this build cannot join processes");
        var whole = ThreadRanks.Run(2, group => Train("whole", 1, group));

        var steps = ThreadRanks.Run(2, group =>
        {
            using var stop = new CancellationTokenSource();
            using var model = Model();
            using var loop = Loop(model, "parts", 1, group);
            if (group.Rank == 1)
                stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => loop.Fit(cancellationToken: stop.Token));
            return loop.Progress.Step;
        });
        var parts = ThreadRanks.Run(2, group =>
        {
            using var model = Model();
            using var loop = Loop(model, "parts", 1, group);
            Assert.True(loop.Resume());
            loop.Fit();
            return WeightsOf(model);
        });

        Assert.Equal([1L, 1L], steps);
        Assert.Equal(whole[0], parts[0]);
        Assert.Equal(whole[0], parts[1]);
    }

    [SkippableFact]
    public void A_leader_that_is_stopped_while_it_validates_stops_all()
    {
        Skip.IfNot(ThreadRanks.Exist, "this build cannot join processes");
        var errors = ThreadRanks.Run(2, group =>
        {
            var context = new DistributedContext(group, Device.Cpu);
            Assert.Equal((0.25, double.NaN), context.FromLeader(() => (0.25, double.NaN)));
            return Record.Exception(() => context.FromLeader(() => throw new OperationCanceledException()));
        });
        Assert.All(errors, error => Assert.IsType<OperationCanceledException>(error));
    }

    [SkippableFact]
    public void Ranks_that_see_other_checkpoints_are_told()
    {
        Skip.IfNot(ThreadRanks.Exist, "this build cannot join processes");
        var errors = ThreadRanks.Run(
            2,
            group =>
                Record.Exception(
                    () => new DistributedContext(group, Device.Cpu).RequireSame(
                        new TrainingProgress { Step = group.Rank })));
        Assert.All(
            errors,
            error =>
                Assert.Contains(
                    "do not see the same checkpoint", Assert.IsType<TrainingException>(error).Message,
                    StringComparison.Ordinal));
    }

    private float[] Train(string folder, int accumulate, ProcessGroup? group)
    {
        using var model = Model();
        using var log = group is null or { Rank: 0 } ? new MetricsLog(_folder[folder]) : null;
        using var loop = Loop(model, folder, accumulate, group);
        loop.Fit(log is null ? [] : [log]);
        return WeightsOf(model);
    }

    private TrainingLoop Loop(ModelFile model, string folder, int accumulate, ProcessGroup? group)
    {
        var plan = new TrainingPlan
        {
            Objective = new WrinkleObjective(model.Preprocessing),
            Loss = new WeightedSum((new SoftDice(), 1), (new BinaryDice(), 1), (new CrossEntropy(), 1)),
            Schedule = () => new Constant(2e-3),
            Optimizer = (parameters, rate) => new Sgd([new ParameterGroup(parameters, rate)]),
            Epochs = 3,
            BatchSize = 4,
            Accumulate = accumulate,
            ClipNorm = 1,
            FreezeBatchNorm = _isFrozen,
            Group = group,
        };
        string[] ids = [.. _data.Samples.Select(sample => sample.Id)];
        return new TrainingLoop(
            plan, model,
            new TrainingBatches(_data, ids, plan.BatchSize, plan.Seed, share: DistributedContext.ShareOf(group)),
            new ValidationBatches(_data, ids, plan.BatchSize), _folder[folder]);
    }

    private int Lines(string folder) => File.ReadLines(_folder[$"{folder}/metrics.jsonl"]).Count();

    private static ModelFile Model()
    {
        // Ranks are threads of one process here, and it has one generator.
        lock (Seeded)
        {
            TorchRuntime.Seed(1);
            var network = ModelCatalog.Create("unet", new ModelOptions { Width = 4, OutChannels = 2 });
            return new ModelFile(
                "unet", network, Preprocessing.Moon(3, masked: false) with { Size = LineSet.Side },
                new Dictionary<string, string>());
        }
    }

    private static readonly Lock Seeded = new();

    private static float[] WeightsOf(ModelFile model)
    {
        using var scope = TensorScope.Begin();
        return [.. model.Network.Parameters.Parameters.SelectMany(entry => entry.Tensor.Detach().ToArray<float>())];
    }

    private static float Furthest(float[] first, float[] second) => first.Zip(second, (a, b) => Math.Abs(a - b)).Max();
}

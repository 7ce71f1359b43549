using System.Globalization;
using Rhytid.Torch.Distributed;

namespace Rhytid.Torch.Tests.Distributed;

/// <summary>Real processes, two or three, that meet on this machine.</summary>
public class ProcessGroupTests
{
    [GlooFact]
    public async Task Sums_and_broadcasts_reach_every_rank()
    {
        foreach (var rank in await Succeed("collectives", 3))
            Assert.Equal(
                ["sum 6 6", "grid 0 6 12 18 24 30 36 42 48 54 60 66 72 78 84 90", "count 33", "broadcast 201 203 205"],
                rank.Output);
    }

    [GlooFact]
    public async Task Ranks_with_half_the_samples_get_the_gradients_of_one_with_all()
    {
        var ranks = await Succeed("gradients", 2);
        using var scope = TensorScope.Begin();
        var (weight, bias) = (RankScenarios.Leaf(0.5f, -1.5f, 2), RankScenarios.Leaf(1, -0.5f, 0.25f));
        var loss = RankScenarios.Loss(RankScenarios.Samples(2), weight, bias, sum => sum, sum => sum);
        loss.Backward();
        foreach (var rank in ranks)
        {
            AssertClose("loss", loss.Reshape(1), rank.Output[0]);
            AssertClose("weight", weight.Grad!, rank.Output[1]);
            AssertClose("bias", bias.Grad!, rank.Output[2]);
        }
    }

    [GlooFact]
    public async Task Calls_that_do_not_match_are_refused_and_the_next_one_works()
    {
        foreach (var rank in await Succeed("refusals", 2))
        {
            for (var i = 0; i < 3; i++)
                Assert.EndsWith(
                    "the ranks do not call the same with tensors of the same shapes", rank.Output[i],
                    StringComparison.Ordinal);
            Assert.EndsWith("there is no such rank", rank.Output[3], StringComparison.Ordinal);
            Assert.EndsWith("elements of type Bool cannot be sent", rank.Output[4], StringComparison.Ordinal);
            Assert.Equal("still 2", rank.Output[5]);
        }
    }

    [GlooFact]
    public async Task A_rank_that_is_killed_ends_the_other_at_once_with_a_message()
    {
        var ranks = await RankProcess.RunAll("killed");
        Assert.NotEqual(0, ranks[1].ExitCode);
        AssertEndedWell(ranks[0]);
        Assert.Matches(
            "^after [0-2]: all_reduce: rank 0 of 2: another rank ended or did not answer in time: .+",
            Assert.Single(ranks[0].Output));
    }

    [GlooFact]
    public async Task A_rank_that_is_silent_ends_the_other_when_the_time_is_over()
    {
        var ranks = await RankProcess.RunAll("silent");
        AssertEndedWell(ranks[0]);
        Assert.Matches(
            "^after [34]: all_reduce: rank 0 of 2: another rank ended or did not answer in time: .+",
            Assert.Single(ranks[0].Output));
    }

    [GlooFact]
    public void Ranks_that_do_not_come_are_waited_for_no_longer_than_the_timeout()
    {
        var error =
            Assert.Throws<TorchException>(() => ProcessGroup.Join(Lonely with { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.StartsWith(
            $"join: rank 0 of 2 could not meet the others at localhost:{error.Message.Split(':')[2]}: ", error.Message,
            StringComparison.Ordinal);
    }

    [GlooFact]
    public void Waiting_for_ranks_can_be_stopped()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(
            () => ProcessGroup.Join(Lonely with { Timeout = TimeSpan.FromSeconds(3) }, stop.Token));
    }

    [GlooFact]
    public void One_rank_is_a_group_too()
    {
        using var scope = TensorScope.Begin();
        using var group = ProcessGroup.Join(Lonely with { WorldSize = 1 });
        var tensor = Tensor.Ones([3]);
        group.AllReduce(tensor);
        Assert.Equal([1f, 1, 1], tensor.ToArray<float>());
        Assert.Throws<ArgumentNullException>(() => group.AllReduce(null!, tensor));
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => group.AllReduce(tensor));
        group.Dispose();
        Assert.Throws<ObjectDisposedException>(group.Barrier);
    }

    [GlooFact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<TorchException>(() => ProcessGroup.Join(Lonely with { Rank = 2 }));
        Assert.Throws<TorchException>(() => ProcessGroup.Join(Lonely with { WorldSize = 0 }));
        Assert.Throws<TorchException>(() => ProcessGroup.Join(Lonely with { MasterPort = 0 }));
    }

    private static ProcessGroupOptions Lonely =>
        new() { Rank = 0, WorldSize = 2, MasterAddress = "localhost", MasterPort = RankProcess.FreePort() };

    private static async Task<RankProcess[]> Succeed(string scenario, int count)
    {
        var ranks = await RankProcess.RunAll(scenario, count);
        foreach (var rank in ranks)
            AssertEndedWell(rank);
        return ranks;
    }

    private static void AssertEndedWell(RankProcess rank)
    {
        Assert.Equal("", rank.Error);
        Assert.Equal(0, rank.ExitCode);
    }

    private static void AssertClose(string name, Tensor expected, string line)
    {
        var words = line.Split(' ');
        Assert.Equal(name, words[0]);
        var values = words[1..].Select(word => float.Parse(word, CultureInfo.InvariantCulture));
        foreach (var (wanted, value) in expected.ToArray<float>().Zip(values))
            Assert.InRange(value, wanted - 1e-6f, wanted + 1e-6f);
    }
}

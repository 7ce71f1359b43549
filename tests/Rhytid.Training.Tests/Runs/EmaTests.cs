using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Training.Runs;

namespace Rhytid.Training.Tests.Runs;

public sealed class EmaTests
{
    // By hand, after the ramp, decay 0.75, from 1 through 2, 4 and 8: 1.25, 1.9375, 3.453125.
    [Fact]
    public void Three_steps()
    {
        using var network = Network();
        using var mode = Autograd.NoGrad();
        Fill(network, 1);
        using var average = new Ema(network, 0.75);
        foreach (var (step, expected) in new[] { (2, 1.25f), (4, 1.9375f), (8, 3.453125f) })
        {
            Fill(network, step);
            average.Update(steps: 26);
            Assert.All(
                average.State,
                entry => Assert.All(entry.Value.ToArray<float>(), value => Assert.Equal(expected, value)));
        }

        Assert.Equal(
            network.Parameters.Parameters.Select(entry => entry.Name), average.State.Select(entry => entry.Key));
        using (average.Use())
            AssertWeights(network, 3.453125f);
        AssertWeights(network, 8);
        Assert.All(average.State, entry => Assert.Equal(3.453125f, entry.Value.ToArray<float>()[0]));
    }

    // From 0 to weights of 1, so that the average becomes 1 - decay: 0.1, 2/11, ... up to the plan's decay.
    [Theory]
    [InlineData(0, 0.9f)]
    [InlineData(1, 9f / 11)]
    [InlineData(2, 0.75f)]
    [InlineData(90, 0.09f)]
    [InlineData(8_989, 0.001f)]
    [InlineData(1_000_000, 0.001f)]
    public void The_decay_rises_with_the_steps(long steps, float expected)
    {
        using var network = Network();
        using var mode = Autograd.NoGrad();
        Fill(network, 0);
        using var average = new Ema(network, 0.999);
        Fill(network, 1);
        average.Update(steps);
        Assert.All(
            average.State,
            entry => Assert.All(entry.Value.ToArray<float>(), value => Assert.Equal(expected, value, 1e-6f)));
    }

    // Statistics of batch norm are averages already.
    [Fact]
    public void Buffers_stay_the_networks()
    {
        using var network = Network();
        using var mode = Autograd.NoGrad();
        using var average = new Ema(network, 0.75);
        foreach (var entry in
            network.Parameters.Entries.Where(entry => entry.Name.EndsWith("running_mean", StringComparison.Ordinal)))
            entry.Tensor.FillInPlace(7);
        average.Update(steps: 0);

        using (average.Use())
            Assert.All(
                network.Parameters.Entries.Where(
                    entry => entry.Name.EndsWith("running_mean", StringComparison.Ordinal)),
                entry => Assert.Equal(7, entry.Tensor.ToArray<float>()[0]));
    }

    private static Network Network()
    {
        TorchRuntime.Seed(1);
        return ModelCatalog.Create("unet", new ModelOptions { Width = 2, OutChannels = 1 });
    }

    private static void Fill(Network network, double value)
    {
        foreach (var entry in network.Parameters.Parameters)
            entry.Tensor.FillInPlace(value);
    }

    private static void AssertWeights(Network network, float expected) =>
        Assert.All(
            network.Parameters.Parameters,
            entry => Assert.All(entry.Tensor.ToArray<float>(), value => Assert.Equal(expected, value)));
}

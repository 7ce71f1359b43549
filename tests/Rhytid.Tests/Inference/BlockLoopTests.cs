using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Tests.Inference;

public unsafe class BlockLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Each_row_is_computed_once_whatever_came_before(int threads)
    {
        var loop = new BlockLoop();
        for (var rows = 1; rows < 200; rows++)
        {
            var layer = new CountingLayer(rows);

            loop.Run(layer.Job, new RunSettings(threads, CancellationToken.None));

            Assert.All(layer.Computed, times => Assert.Equal(1, times));
            Assert.InRange(layer.MostAtOnce, 1, threads);
        }
    }

    [Fact]
    public void An_error_comes_through_as_it_is_and_the_loop_goes_on()
    {
        var loop = new BlockLoop();
        var failing = new CountingLayer(40) { Fails = 17 };
        var settings = new RunSettings(3, CancellationToken.None);

        for (var i = 0; i < 50; i++)
            Assert.Throws<InvalidTimeZoneException>(() => loop.Run(failing.Job, settings));

        var layer = new CountingLayer(40);
        loop.Run(layer.Job, settings);
        Assert.All(layer.Computed, times => Assert.Equal(1, times));
    }

    [Fact]
    public void A_cancelled_loop_stops_between_blocks()
    {
        using var stop = new CancellationTokenSource();
        var layer = new CountingLayer(1000) { At = 0, Action = stop.Cancel };

        Assert.Throws<OperationCanceledException>(
            () => new BlockLoop().Run(layer.Job, new RunSettings(2, stop.Token)));

        Assert.Contains(0, layer.Computed);
    }

    [Theory]
    [InlineData(100, 36, 12, 2, 36)] // three blocks would leave a thread waiting: four, of whole groups
    [InlineData(96, 48, 12, 2, 48)]
    [InlineData(10, 48, 12, 8, 12)] // no block is smaller than a group
    [InlineData(5000, 24, 12, 3, 24)]
    public void Blocks_of_groups_are_as_many_for_each_thread(int total, int most, int group, int threads, int expected)
    {
        var blocks = Blocks.OfGroups(total, most, group, threads);

        Assert.Equal(expected, blocks.Size);
        Assert.Equal(total, Enumerable.Range(0, blocks.Count).Sum(block => blocks[block].Count));
    }

    private sealed class CountingLayer(int rows) : InferenceLayer([0], channels: 1)
    {
        private int _now;

        public int[] Computed { get; } = new int[rows];

        public int MostAtOnce { get; private set; }

        public int Fails { get; init; } = -1;

        public int At { get; init; } = -1;

        public Action Action { get; init; } = () => { };

        public Job Job => new(this, [], new FeatureMap(default, 1, rows, 1, 1));

        public override void RunBlock(
            FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
        {
            lock (Computed)
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            for (var row = first; row < first + count; row++)
            {
                Interlocked.Increment(ref Computed[row]);
                if (row == Fails)
                    throw new InvalidTimeZoneException();
                if (row == At)
                    Action();
            }
            lock (Computed)
                _now--;
        }
    }
}

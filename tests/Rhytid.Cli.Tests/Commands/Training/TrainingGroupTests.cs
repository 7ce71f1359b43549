using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Rhytid.Cli.Tests.Commands.Data;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Tests.Commands.Training;

/// <summary>Two real processes, started as a scheduler would start them.</summary>
public sealed class TrainingGroupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainingGroupTests()
    {
        var set = DataTestSet.Write(_folder["set"], 10, side: 32);
        Assert.Equal(0, RhytidProcess.Run("data", "pack", set, "-o", _folder["pack"], "--size", "32").ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Two_processes_get_the_weights_of_one()
    {
        Skip.IfNot(ProcessGroup.Has(CollectiveBackend.Gloo), "this build cannot join processes");
        Assert.Equal(0, RhytidProcess.Run(Train("one", epochs: 3)).ExitCode);

        var ranks = Start(Train("two", epochs: 3));
        var ends = await Task.WhenAll(ranks.Select(RhytidProcess.EndOfAsync));

        Assert.All(ends, end => Assert.Equal(0, end.ExitCode));
        Assert.Contains("trained: ", ends[0].Output, StringComparison.Ordinal);
        Assert.Equal(("", ""), (ends[1].Output, ends[1].Error));
        using var scope = TensorScope.Begin();
        using var one = SafetensorsFile.Open(_folder["one/best.safetensors"]);
        using var two = SafetensorsFile.Open(_folder["two/best.safetensors"]);
        foreach (var tensor in one.Tensors.Where(tensor => !tensor.Name.Contains("running_", StringComparison.Ordinal)))
        {
            var (first, second) =
                (tensor.ToTensor().To(DType.Float32).ToArray<float>(),
                    two[tensor.Name].ToTensor().To(DType.Float32).ToArray<float>());
            Assert.All(first.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [SkippableFact]
    public async Task A_process_that_is_killed_ends_the_other_with_a_line()
    {
        Skip.IfNot(ProcessGroup.Has(CollectiveBackend.Gloo), "this build cannot join processes");
        var ranks = Start(Train("run", epochs: 100_000));
        var ends = ranks.Select(RhytidProcess.EndOfAsync).ToArray();
        for (var i = 0; i < 300 && !File.Exists(_folder["run/last.safetensors"]); i++)
            await Task.Delay(100);
        var watch = Stopwatch.StartNew();

        ranks[1].Kill();

        var left = await ends[0];
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal(1, left.ExitCode);
        Assert.StartsWith(
            "error: process 0 of 2 cannot go on: another rank ended or did not answer in time; go on with --resume from",
            left.ErrorLines[^1], StringComparison.Ordinal);
        await ends[1];
    }

    [Fact]
    public async Task A_variable_that_makes_no_sense_is_one_line()
    {
        using var rank = RhytidProcess.StartRank(2, 2, 1, Train("run", epochs: 1));
        var end = await RhytidProcess.EndOfAsync(rank);

        Assert.Equal(2, end.ExitCode);
        Assert.Equal(
            "error: the variables of a run in many processes: RANK=2 is no number from 0 to 1",
            Assert.Single(end.ErrorLines));
    }

    private static Process[] Start(string[] arguments)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return [.. Enumerable.Range(0, 2).Select(rank => RhytidProcess.StartRank(rank, 2, port, arguments))];
    }

    private string[] Train(string folder, int epochs) =>
    [
        "train",
            "moon-unet-rgb", "--data", _folder["pack"], "-o", _folder[folder], "--threads", "1", "--set",
            "input.size=32", "--set", "width=4",
            "--set",
                "batch=4", "--set", "optimizer.kind=sgd", "--set", "optimizer.learning-rate=0.001", "--set",
                $"epochs={epochs}",
            ];
}

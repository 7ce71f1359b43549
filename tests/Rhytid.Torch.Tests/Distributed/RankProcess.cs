using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rhytid.Torch.Tests.Distributed;

/// <summary>One of several processes of a scenario, and what became of it.</summary>
internal sealed record RankProcess(int ExitCode, string[] Output, string Error, TimeSpan Elapsed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Starts the scenario in processes of its own, as torchrun would, and waits for all of them.</summary>
    public static async Task<RankProcess[]> RunAll(string scenario, int count = 2)
    {
        var port = FreePort();
        return await Task.WhenAll(Enumerable.Range(0, count).Select(rank => Run(scenario, rank, count, port)));
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<RankProcess> Run(string scenario, int rank, int count, int port)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(RankProcess).Assembly.Location, "rank", scenario },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["RANK"] = $"{rank}",
                ["WORLD_SIZE"] = $"{count}",
                ["MASTER_ADDR"] = "localhost",
                ["MASTER_PORT"] = $"{port}"
            },
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"rank {rank} of {scenario} did not end");
        }
        return new RankProcess(
            process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries), await error,
            watch.Elapsed);
    }
}

using System.Diagnostics;

namespace Rhytid.Torch.Tests.Fuzzing;

/// <summary>
/// 20,000 calls of 300 operators with random arguments, in a process of their own that must end well.
/// </summary>
public class OperatorFuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(1)]
    public async Task Random_calls_are_answered_or_refused(int seed)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            ArgumentList = { typeof(OperatorFuzzTests).Assembly.Location, "fuzz", $"{seed}", "300", "20000" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using var process = Process.Start(start)!;
        var last = "";
        process.OutputDataReceived += (_, line) => last = line.Data ?? last;
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"seed {seed} did not end; the last call: {last}");
        }
        Assert.True(
            process.ExitCode == 0,
            $"seed {seed} ended with {process.ExitCode}; the last call: {last}\n{Tail(await errors)}");
        Assert.StartsWith("worked ", last, StringComparison.Ordinal);
    }

    private static string Tail(string text) => text.Length > 2000 ? text[^2000..] : text;
}

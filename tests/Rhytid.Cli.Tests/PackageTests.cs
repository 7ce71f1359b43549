using System.Diagnostics;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests;

public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_console_project_outside_the_repository_finds_wrinkles_with_the_packages()
    {
        RunScript(
            "pack", _folder["packages"], "Rhytid.Imaging", "Rhytid.Inference", "Rhytid", "Rhytid.Weights.Open",
            "Rhytid.Weights.NonCommercial");

        Assert.StartsWith("ok: console project: ", RunScript("check-packages", _folder["packages"], "console"));
    }

    private static string RunScript(string name, params string[] arguments)
    {
        var script = Path.Combine(Repository.Root, "eng", name);
        var start = new ProcessStartInfo(script, arguments.AsEnumerable()) { RedirectStandardOutput = true };
        // This test's own build is what is packed.
        start.Environment["BUILT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"eng/{name} ended with {process.ExitCode}: {output}");
        return output;
    }
}

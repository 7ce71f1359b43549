namespace Rhytid.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Help_names_every_command()
    {
        var run = RhytidProcess.Run("--help");

        Assert.Equal(0, run.ExitCode);
        foreach (var command in
            new[] { "segment", "landmarks", "texture", "evaluate", "compare", "synthesize", "models", "doctor" })
            Assert.Contains(command, run.Output, StringComparison.Ordinal);
    }
}

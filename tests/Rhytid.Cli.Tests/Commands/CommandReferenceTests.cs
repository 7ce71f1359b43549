using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands;

public class CommandReferenceTests
{
    [Fact]
    public void The_reference_page_is_what_the_commands_say() => Assert.True(
        File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/cli.md"))
            == RhytidProcess.Run("reference").Output,
        "docs/reference/cli.md differs from the commands; write it with eng/make-cli-reference");

    [Theory]
    [InlineData("recipes", "list")]
    [InlineData("models", "list", "--shipped")]
    [InlineData("compare", "moon")]
    [InlineData("compare", "kim")]
    public void Tables_fit_a_terminal_of_100_columns(params string[] arguments) => Assert.All(
        RhytidProcess.Run(arguments).Output.Split('\n').Where(line => line.StartsWith('│')),
        line => Assert.InRange(line.Length, 1, 100));
}

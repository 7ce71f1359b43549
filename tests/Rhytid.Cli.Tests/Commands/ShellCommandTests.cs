using Rhytid.Cli.Commands;

namespace Rhytid.Cli.Tests.Commands;

public sealed class ShellCommandTests
{
    [Fact]
    public void A_word_with_spaces_or_quotes_is_quoted_for_the_shell() =>
        Assert.Equal(
            @"rhytid train a.yaml -o 'my run' 'it'\''s' ''",
            ShellCommand.Join(["rhytid", "train", "a.yaml", "-o", "my run", "it's", ""]));
}

namespace Rhytid.Cli.Tests;

public sealed class ExitCodesTests
{
    [Fact]
    public void Every_code_has_a_meaning_and_an_error_one_line()
    {
        Assert.Equal(ExitCodes.Meanings.Count, ExitCodes.Meanings.Select(one => one.Code).Distinct().Count());
        Assert.Equal((0, 1), (ExitCodes.From(true), ExitCodes.From(false)));
        Assert.True(ExitCodes.IsExpected(new CommandException("x")));
        Assert.False(ExitCodes.IsExpected(new InvalidOperationException("x")));
        Assert.Equal("too large", ExitCodes.LineOf(new ArgumentException("too large", "size")));
    }
}

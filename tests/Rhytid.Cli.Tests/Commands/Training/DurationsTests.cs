using Rhytid.Cli.Commands.Training;

namespace Rhytid.Cli.Tests.Commands.Training;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("45m", 2700)]
    [InlineData("2h30m", 9000)]
    [InlineData("1d1s", 86401)]
    public void Times_are_read_as_people_write_them(string text, int seconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0m")]
    [InlineData("5")]
    [InlineData("3m2h")]
    [InlineData("1.5h")]
    [InlineData("-1m")]
    public void Other_texts_are_no_times(string text) => Assert.False(Durations.TryParse(text, out _));
}

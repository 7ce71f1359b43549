using System.CommandLine;
using Rhytid.Cli.Commands;

namespace Rhytid.Cli.Tests.Commands;

public sealed class CliCommandTests
{
    private enum Shade
    {
        Light,
        Dark,
    }

    private readonly CliCommand _command = new("paint", "Paints.");

    [Fact]
    public async Task A_setting_is_read_once_the_command_line_is_parsed()
    {
        var (path, more) = (_command.Argument("FILE", "A file."), _command.ArgumentList("MORE", "Others.", mayBeNone: true));
        var (count, share) = (_command.Number("--count, -n", "N", "How many.", 3, 1, 9), _command.Number("--share", "S", "Share.", 0.5));
        var (shade, other) = (_command.Choice("--shade", "Shade.", Shade.Light), _command.OptionalChoice<Shade>("--other", "Other."));
        var flag = _command.Flag("--fast", "Fast.");
        (string, string[], int, double, Shade, Shade?, bool)? read = null;
        _command.Does(() =>
        {
            read = (path, more, count, share, shade, other, flag);
            return ExitCodes.Done;
        });

        Assert.Equal(0, await _command.Parse(["a.png", "b.png", "-n", "7", "--shade", "DARK", "--fast"]).InvokeAsync());

        Assert.Equal(("a.png", 7, 0.5), (read!.Value.Item1, read.Value.Item3, read.Value.Item4));
        Assert.Equal(["b.png"], read.Value.Item2);
        Assert.Equal((Shade.Dark, null, true), (read.Value.Item5, read.Value.Item6, read.Value.Item7));
        Assert.True(count.IsGiven);
        Assert.False(share.IsGiven);
    }

    [Fact]
    public void A_check_sees_the_defaults_of_what_is_not_given()
    {
        var count = _command.Number("--count", "N", "How many.", 3, 1, 9);
        var shade = _command.Choice("--shade", "Shade.", Shade.Dark);
        _command.Check(() => (count.Value, shade.Value) == (3, Shade.Dark) ? null : "defaults are missing");

        Assert.Empty(_command.Parse([]).Errors);
    }

    [Theory]
    [InlineData("--count must be 1 to 9", "--count", "10")]
    [InlineData("--count 'x' is not a whole number", "--count", "x")]
    [InlineData("--share must be above 0 and at most 1", "--share", "0")]
    [InlineData("--share '0,5' is not a number; write 0.5, not 0,5", "--share", "0,5")]
    [InlineData("--least must be 2 or more", "--least", "1")]
    [InlineData("--shade 'grey' is unknown; use one of: light, dark", "--shade", "grey")]
    [InlineData("--even '3' has to be even", "--even", "3")]
    [InlineData("--fast and --slow exclude each other", "--fast", "--slow")]
    [InlineData("--fast needs --count", "--fast")]
    public void A_wrong_value_gets_its_line(string message, params string[] arguments)
    {
        var count = _command.Number("--count", "N", "How many.", 3, 1, 9);
        _command.Number("--share", "S", "Share.", 0.5, 0, 1, above: true);
        _command.OptionalNumber<int>("--least", "N", "At least 2.", 2);
        _command.Choice("--shade", "Shade.", Shade.Light);
        _command.Parsed(
            "--even", "N", "Even.", null,
            (string text, out int value) => int.TryParse(text, out value) && value % 2 == 0, "has to be even");
        var (fast, slow) = (_command.Flag("--fast", "Fast."), _command.Flag("--slow", "Slow."));
        _command.Exclude(fast, slow);
        _command.Check(() => fast && !slow && !count.IsGiven ? "--fast needs --count" : null);

        // The parser has a line of its own for what is no number; the program prints ours.
        Assert.Equal(message, _command.Parse(arguments).Errors[^1].Message);
    }
}

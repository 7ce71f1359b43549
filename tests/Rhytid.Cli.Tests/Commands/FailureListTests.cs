using Rhytid.Cli.Commands;

namespace Rhytid.Cli.Tests.Commands;

public sealed class FailureListTests
{
    [Fact]
    public void What_is_expected_is_kept_and_the_rest_is_thrown()
    {
        var failures = new FailureList();
        Assert.Equal(ExitCodes.Done, failures.Report(total: 1));

        failures.Guard("a", () => throw new CommandException("a: cannot be read"));
        failures.Guard("b", () => throw new ArgumentException("too small"));
        Assert.Throws<InvalidOperationException>(() => failures.Guard("c", () => throw new InvalidOperationException()));

        Assert.Equal(ExitCodes.SomeFailed, failures.Report(total: 3));
    }

    [Theory]
    [InlineData(0, 8, 8)]
    [InlineData(1, 8, 8)]
    [InlineData(2, 8, 1)]
    public void Several_photos_share_the_threads(int photos, int threads, int expected) =>
        Assert.Equal(expected, ThreadShare.PerPhoto(photos, threads));
}

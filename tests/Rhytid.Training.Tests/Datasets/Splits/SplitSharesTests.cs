using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Tests.Datasets.Splits;

public class SplitSharesTests
{
    [Theory]
    [InlineData("80/10/10", 80, 10, 10)]
    [InlineData("9/1/0", 9, 1, 0)]
    public void Shares_are_read(string text, int train, int val, int test) =>
        Assert.Equal(new SplitShares(train, val, test), SplitShares.Parse(text));

    [Theory]
    [InlineData("80/10")]
    [InlineData("0/50/50")]
    [InlineData("80/-10/30")]
    [InlineData("a/b/c")]
    [InlineData("80/10/10/10")]
    public void Other_texts_are_no_shares(string text) => Assert.Null(SplitShares.Parse(text));
}

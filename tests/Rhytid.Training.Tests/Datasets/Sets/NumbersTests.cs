using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class NumbersTests
{
    [Fact]
    public void Scores_have_their_digits_and_what_is_undefined_its_sign()
    {
        Assert.Equal(("0.1235", "-"), (Numbers.ForTable(0.12345678), Numbers.ForTable(double.NaN)));
        Assert.Equal(("0.123457", ""), (Numbers.ForCsv(0.12345678), Numbers.ForCsv(double.NaN)));
        Assert.Equal((0.5, (double?)null), (Numbers.ForJson(0.5), Numbers.ForJson(double.NaN)));
    }
}

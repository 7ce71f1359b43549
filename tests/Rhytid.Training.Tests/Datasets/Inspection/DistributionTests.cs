using Rhytid.Training.Datasets.Inspection;


namespace Rhytid.Training.Tests.Datasets.Inspection;

public class DistributionTests
{
    // numpy.percentile([7, 1, 3, 10], [0, 25, 50, 75, 100]) = 1, 2.5, 5, 7.75, 10.
    [Fact]
    public void Quartiles_are_NumPys() =>
        Assert.Equal(new Distribution(1, 2.5, 5, 7.75, 10, 5.25), Distribution.Compute([7, 1, 3, 10]));

    [Fact]
    public void One_value_is_everything() => Assert.Equal(new Distribution(2, 2, 2, 2, 2, 2), Distribution.Compute([2]));

    [Fact]
    public void No_value_has_no_distribution() => Assert.Throws<ArgumentException>(() => Distribution.Compute([]));
}

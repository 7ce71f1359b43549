using Rhytid.Networks;

namespace Rhytid.Tests.Networks;

public sealed class PreprocessingTests
{
    [Theory]
    [InlineData("unet", 3, 1024, 0.5, 0.5, true, false)]
    [InlineData("unet", 4, 1024, 0.5, 0.5, true, false)]
    [InlineData("wds-unet", 4, 640, 0.5, 0.25, true, false)]
    [InlineData("wds-unet", 3, 640, 0.5, 0.25, true, false)]
    [InlineData("resnet18-fine", 3, 512, 0.5, 0.5, false, false)]
    [InlineData("resnet18-fine", 4, 512, 0.5, 0.5, false, true)]
    [InlineData("bisenet", 3, 512, 0.485, 0.229, true, false)]
    [InlineData("bisenet", 4, 1024, 0.5, 0.5, true, false)]
    public void Weights_without_a_word_get_what_their_publication_used(
        string model, int channels, int size, double mean, double deviation, bool masked, bool wholeTexture)
    {
        var preprocessing = Preprocessing.For(model, channels);

        Assert.Equal((size, masked, wholeTexture),
            (preprocessing.Size, preprocessing.Masked, preprocessing.WholeTexture));
        Assert.Equal((mean, deviation), (preprocessing.Mean[0], preprocessing.Deviation[0]));
        preprocessing.Check(channels);
    }

    public static TheoryData<Preprocessing, int, string> Wrong => new()
    {
        { new(), 4, "3 means" },
        { new() { Mean = [0, 0], Deviation = [1, 1] }, 2, "not 2" },
        { new() { Size = 31 }, 3, "size is 31" },
        { new() { Size = 8193 }, 3, "size is 8193" },
        { new() { Deviation = [1, 0, 1] }, 3, "deviation of 0" },
        { new() { Mean = [0, double.NaN, 0] }, 3, "no number" },
        { new() { Threshold = 1.1 }, 3, "threshold is 1.1" },
        { new() { Threshold = double.NaN }, 3, "threshold" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Values_that_fit_no_network_are_refused(Preprocessing preprocessing, int channels, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<ArgumentException>(() => preprocessing.Check(channels)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(32, 0)]
    [InlineData(8192, 1)]
    public void The_limits_themselves_are_allowed(int size, double threshold) =>
        new Preprocessing { Size = size, Threshold = threshold }.Check(3);
}

using Rhytid.Networks;

namespace Rhytid.Tests.Networks;

public class NetworkHeaderTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var header = new NetworkHeader(
            "resnet18-fine", """{"inChannels":4,"outChannels":2,"width":32}""",
            Preprocessing.Wds with { Threshold = 0.25, WholeTexture = true },
            new Dictionary<string, string> { [NetworkHeader.SourceKey] = "a test" });

        var read = NetworkHeader.Read("x.safetensors", header.ToMetadata());

        Assert.True(NetworkHeader.IsIn(header.ToMetadata()));
        Assert.Equal((header.Model, header.Options), (read.Model, read.Options));
        Assert.Equal(header.Metadata, read.Metadata);
        Assert.Equal((4, 2), read.Channels("x.safetensors"));
        Assert.Equal(header.Preprocessing.Mean, read.Preprocessing.Mean);
        Assert.Equal(header.Preprocessing.Deviation, read.Preprocessing.Deviation);
        Assert.Equal(
            header.Preprocessing with { Mean = [], Deviation = [] }, read.Preprocessing with { Mean = [], Deviation = [] },
            (a, b) => (a.Size, a.Masked, a.WholeTexture, a.Threshold) == (b.Size, b.Masked, b.WholeTexture, b.Threshold));
    }

    [Fact]
    public void What_an_older_file_does_not_say_has_its_default()
    {
        var read = Read("""{"size":512,"mean":[0.5,0.5,0.5],"deviation":[0.5,0.5,0.5]}""");

        Assert.Equal((512, 0.5, false, false), (read.Size, read.Threshold, read.Masked, read.WholeTexture));
    }

    [Theory]
    [InlineData("""{"size":512,"means":[0.5]}""", "rhytid.preprocessing cannot be read")]
    [InlineData("{", "rhytid.preprocessing cannot be read")]
    [InlineData("null", "it is null")]
    public void Damage_is_told_in_one_line(string preprocessing, string expected)
    {
        var error = Assert.Throws<Rhytid.Inference.Serialization.CheckpointException>(() => Read(preprocessing));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static Preprocessing Read(string preprocessing) => NetworkHeader.Read(
        "x.safetensors",
        new Dictionary<string, string>
        {
            ["rhytid.format"] = NetworkHeader.Format,
            ["rhytid.model"] = "unet",
            ["rhytid.options"] = "{}",
            ["rhytid.preprocessing"] = preprocessing,
        }).Preprocessing;
}

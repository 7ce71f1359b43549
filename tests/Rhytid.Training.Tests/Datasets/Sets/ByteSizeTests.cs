using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("4096", 4096)]
    [InlineData("500 MB", 500_000_000)]
    [InlineData("1.5kb", 1500)]
    [InlineData(" 1 GiB ", 1L << 30)]
    [InlineData("7B", 7)]
    public void Sizes_are_read_with_and_without_a_unit(string text, long expected)
    {
        Assert.True(ByteSize.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MB")]
    [InlineData("0")]
    [InlineData("-1 MB")]
    [InlineData("1,5 MB")]
    [InlineData("0.2")]
    [InlineData("2000000 TB")]
    public void Other_texts_are_no_sizes(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1 kB")]
    [InlineData(1_250_000, "1.3 MB")]
    [InlineData(2e9, "2 GB")]
    [InlineData(3.04e12, "3 TB")]
    public void Sizes_are_written_in_the_largest_unit(double bytes, string expected) =>
        Assert.Equal(expected, ByteSize.Format(bytes));
}

namespace Rhytid.Imaging.Tests;

public sealed class PlaneTests
{
    [Fact]
    public void The_column_comes_before_the_row()
    {
        var plane = Plane<int>.FromPixels([1, 2, 3, 4, 5, 6], 3, 2);

        Assert.Equal(3, plane[2, 0]);
        Assert.Equal(4, plane[0, 1]);
        plane[1, 1] = 50;
        Assert.Equal([1, 2, 3, 4, 50, 6], plane.Samples.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Another_number_of_pixels_is_refused(int count)
    {
        var error = Assert.Throws<ArgumentException>(() => Plane<float>.FromPixels(new float[count], 3, 2));

        Assert.Contains($"3 x 2 = 6 pixels, got {count}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_are_copied_in_and_out()
    {
        ushort[] pixels = [7, 8];
        var plane = Plane<ushort>.FromPixels(pixels, 2, 1);
        var copy = plane.Clone();
        pixels[0] = 1;
        plane[1, 0] = 2;

        Assert.Equal([7, 2], plane.Samples.ToArray());
        Assert.Equal([7, 8], copy.Samples.ToArray());
    }
}

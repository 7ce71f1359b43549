using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class MaskValuesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_largest_value_is_found_and_what_is_no_picture_does_not_count()
    {
        Write("a.png", 0, 1, 3);
        Write("b.png", 2, 2, 2);
        File.WriteAllText(_folder["c.png"], "no picture");

        Assert.Equal(3, MaskValues.Largest(_folder.Path));
        Assert.Equal(0, MaskValues.Largest([_folder["c.png"]]));
    }

    [Fact]
    public void Pictures_of_two_values_are_masks_and_others_are_not()
    {
        Assert.False(MaskValues.AreMasks(_folder.Path));
        Write("a.png", 0, 255, 255);
        Write("b.png", 0, 1, 0);
        Assert.True(MaskValues.AreMasks(_folder.Path));
        Write("c.png", 0, 128, 255);
        Assert.False(MaskValues.AreMasks(_folder.Path));
    }

    private void Write(string name, params byte[] values)
    {
        var plane = new Plane<byte>(values.Length, 1);
        values.CopyTo(plane.Samples);
        File.WriteAllBytes(_folder[name], plane.Encode(ImageFormat.Png));
    }
}

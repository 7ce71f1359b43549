using Rhytid.Faces.Parsing;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Parsing;

public sealed class FacePartsTests
{
    [Fact]
    public void There_is_a_name_for_every_class_in_the_order_of_BiSeNet()
    {
        Assert.Equal(FaceParser.ClassCount, FaceParts.Names.Count);
        Assert.Equal(("skin", "nose", "hair"), (FaceParts.Names[1], FaceParts.Names[10], FaceParts.Names[17]));
    }

    [Fact]
    public void Masked_faces_are_black_where_no_skin_is_and_drawings_leave_the_background()
    {
        var photo = Image.FromPixels([10, 20, 30, 40, 50, 60, 70, 80, 90], 3, 1, PixelFormat.Rgb);
        var labels = Plane<byte>.FromPixels([0, 1, 17], 3, 1);

        var skin = FaceParts.MaskOf(labels, ParsedSkinMask.SkinClasses);

        Assert.Equal([0, Mask.Set, 0], skin.Samples.ToArray());
        Assert.Equal([0, 0, 0, 40, 50, 60, 0, 0, 0], FaceParts.KeepOnly(photo, skin).Samples.ToArray());
        var drawn = FaceParts.Draw(photo, labels).Samples.ToArray();
        Assert.Equal([10, 20, 30], drawn[..3]);
        Assert.NotEqual([40, 50, 60], drawn[3..6]);
    }
}

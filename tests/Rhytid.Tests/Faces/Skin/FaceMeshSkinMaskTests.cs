using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Tests.Faces.Mesh;

namespace Rhytid.Tests.Faces.Skin;

public sealed class FaceMeshSkinMaskTests
{
    private const int Side = 200;

    private static readonly FaceImage Face = FaceImage.FromAligned(new Image(Side, Side));

    [Fact]
    public void Eyes_lips_nose_and_background_are_out_and_a_cheek_is_in()
    {
        var skin = new FaceMeshSkinMask(new Mesh()).Find(Face);

        Assert.False(At(skin, 0.38f, 0.48f), "right eye");
        Assert.False(At(skin, 0.62f, 0.48f), "left eye");
        Assert.False(At(skin, 0.5f, 0.73f), "lips");
        Assert.False(At(skin, 0.5f, 0.57f), "nose");
        Assert.False(At(skin, 0.1f, 0.5f), "background");
        Assert.True(At(skin, 0.35f, 0.6f), "cheek");
    }

    [Fact]
    public void Brows_stay_unless_they_are_dropped()
    {
        Assert.True(At(new FaceMeshSkinMask(new Mesh()).Find(Face), 0.38f, 0.40f));
        Assert.False(At(new FaceMeshSkinMask(new Mesh()) { DropBrows = true }.Find(Face), 0.38f, 0.40f));
    }

    [Fact]
    public void A_margin_keeps_that_many_pixels_from_every_edge()
    {
        var skin = new FaceMeshSkinMask(new Mesh()).Find(Face);
        var inner = new FaceMeshSkinMask(new Mesh()) { MarginPixels = 5 }.Find(Face);

        Assert.Equal(skin.Erode(11).Samples, inner.Samples);
        Assert.InRange(inner.Count(), 1, skin.Count() - 1);
    }

    [Fact]
    public void Regions_name_points_of_the_mesh_once()
    {
        int[][] regions =
        [
            [.. FaceMeshRegions.Oval],
                [.. FaceMeshRegions.OuterLips], [.. FaceMeshRegions.LeftEye], [.. FaceMeshRegions.RightEye],
                [.. FaceMeshRegions.LeftBrow], [.. FaceMeshRegions.RightBrow], [.. FaceMeshRegions.Nose],
            ];

        Assert.Equal([36, 20, 16, 16, 10, 10, 24], regions.Select(region => region.Length));
        Assert.All(regions, region => Assert.Equal(region.Length, region.Distinct().Count()));
        Assert.All(regions, region => Assert.All(region, index => Assert.InRange(index, 0, FaceMesh.PointCount - 1)));
    }

    private static bool At(Mask mask, float x, float y) => mask[(int)(x * Side), (int)(y * Side)];

    private sealed class Mesh : IFaceMeshProvider
    {
        public FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default) =>
            new(Array.ConvertAll(SyntheticMesh.Points(), point => point * Side));
    }
}

using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Synthesis.Portraits;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class WrinkleCurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_folder_and_one_without_masks_are_refused()
    {
        Assert.Contains(
            "no such folder", Assert.Throws<ImageException>(() => WrinkleCurves.Load(_folder["missing"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no PNG masks", Assert.Throws<ImageException>(() => WrinkleCurves.Load(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_that_is_not_square_is_refused_when_it_is_read()
    {
        new Mask(64, 48).Save(_folder["wide.png"]);

        Assert.Contains(
            "wide.png", Assert.Throws<ImageException>(() => WrinkleCurves.Load(_folder.Path).Curves(0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Drawn_lines_come_back_as_curves_of_their_regions()
    {
        DrawMask().Save(_folder["0.png"]);

        var curves = WrinkleCurves.Load(_folder.Path).Curves(0);

        Assert.Equal(
            [WrinkleRegion.Forehead, WrinkleRegion.CrowsFeet, WrinkleRegion.Nasolabial],
            curves.Select(curve => curve.Region).Order());
        var fold = curves.Single(curve => curve.Region == WrinkleRegion.Nasolabial);
        Assert.True(fold.Points[0].Y < fold.Points[^1].Y, "a fold begins at its upper end");
        // 200 pixels where the eyes are 250 apart.
        Assert.Equal(0.8, curves.Single(curve => curve.Region == WrinkleRegion.Forehead).Length, tolerance: 0.04);
    }

    [Fact]
    public void Painted_lines_name_the_mask_that_they_come_from()
    {
        DrawMask().Save(_folder["somebody.png"]);
        var face = SmoothFace.Portrait;
        var painter = new WrinklePainter(WrinkleCurves.Load(_folder.Path));

        var sources =
            Enumerable
                .Range(0, 8)
                .SelectMany(
                    seed => painter.Paint(
                        face.Image, face.Landmarks, face.SkinMask, seed, new WrinklePaintOptions { Age = 75 }).Wrinkles)
                    .Select(wrinkle => wrinkle.Source).Distinct().Order();

        Assert.Equal(["family", "somebody"], sources);
    }

    [SkippableFact]
    public void Masks_of_real_faces_give_curves_of_every_region()
    {
        var curves = WrinkleCurves.Load(Repository.SharedData("ffhq-mini", "manual_wrinkle_masks_without_photo"));

        var regions =
            Enumerable
                .Range(0, 25)
                .SelectMany(i => curves.Curves(i * curves.Count / 25))
                .Select(curve => curve.Region)
                .Distinct()
                .Order();

        Assert.Equal(Enum.GetValues<WrinkleRegion>(), regions);
    }

    // One line each on the forehead, beside an eye and beside the nose, where FFHQ has them, and a crease of the upper
    // lid.
    private static Mask DrawMask()
    {
        var mask = new Mask(1024, 1024);
        foreach (var line in new Vector2[][]
        {
            [new(412, 300), new(612, 300)],
                [new(735, 500), new(800, 510)], [new(600, 640), new(650, 740)], [new(590, 460), new(680, 460)],
        })
            mask.DrawLine(line, thickness: 4);
        return mask;
    }
}

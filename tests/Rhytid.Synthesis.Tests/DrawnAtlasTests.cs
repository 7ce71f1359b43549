using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests;

/// <summary>The atlas of drawn portraits, on portraits that it is not made from.</summary>
public sealed class DrawnAtlasTests
{
    private static readonly HairStyle[] Styles =
    [
        HairStyle.Combed, HairStyle.Cropped, HairStyle.Bob, HairStyle.Flowing, HairStyle.TiedBack, HairStyle.Curly
    ];

    private static readonly Lazy<Portrait[]> Portraits = new(() =>
    [
        .. Styles.Select((style, i) => PortraitSynthesizer.DrawAligned(
            new PortraitOptions { Seed = 300 + i, Age = 30 + (9 * i), Tone = (SkinTone)i, Hair = style, Size = 256 })),
    ]);

    [Fact]
    public void Skin_found_with_it_agrees_with_the_exact_mask()
    {
        var scores =
            Portraits.Value.Select(portrait => Overlap(Find(portrait, AtlasSource.Drawn), portrait.SkinMask)).ToArray();

        Assert.InRange(scores.Average(), 0.87, 1);
        Assert.InRange(scores.Min(), 0.83, 1);
    }

    [Fact]
    public void Both_atlases_find_about_the_same_skin()
    {
        var scores =
            Portraits.Value.Select(
                portrait => Overlap(Find(portrait, AtlasSource.Drawn), Find(portrait, AtlasSource.Labels))).ToArray();

        Assert.InRange(scores.Average(), 0.88, 1);
    }

    [Fact]
    public void An_atlas_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Find(Portraits.Value[0], (AtlasSource)9));

    private static Mask Find(Portrait portrait, AtlasSource atlas) =>
        new SkinColorModel(new SkinColorModelOptions { Atlas = atlas }).Find(
            FaceImage.FromAligned(portrait.Image, portrait.Landmarks));

    private static double Overlap(Mask a, Mask b) => (double)a.And(b).Count() / Math.Max(1, a.Or(b).Count());
}

using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Turns a raw skin mask into one that a wrinkle filter can use: no strands, no crumbs, no wrinkle cut out.
/// </summary>
internal static class SkinMaskCleaning
{
    // Sizes in pixels of the 512-pixel crop.
    private const float GapPixels = 5;
    private const float StrandPixels = 9;
    private const float LargestHolePixels = 12;

    // A piece smaller than this share of the largest one is not part of the face.
    private const float LeastPieceShare = 0.04f;

    /// <summary>Cleans a mask.</summary>
    /// <param name="skin">Where skin is likely.</param>
    /// <param name="excluded">Eyes, brows, lips, nostrils with their margins: never filled.</param>
    /// <param name="facePixelsPerCropPixel">Scale of the mask.</param>
    public static Mask Clean(Mask skin, Mask excluded, float facePixelsPerCropPixel)
    {
        var solid = skin
            .Close(OddSize(GapPixels * facePixelsPerCropPixel))
            .Open(OddSize(StrandPixels * facePixelsPerCropPixel))
            .Except(excluded);
        var pieces = KeepLargePieces(solid);

        // Deep wrinkles are dark enough to be taken for something else: what is left of them are small holes.
        var largestHole = LargestHolePixels * facePixelsPerCropPixel;
        var holes = KeepComponents(pieces.Invert(), area => area < largestHole * largestHole);
        return pieces.Or(holes.Except(excluded));
    }

    /// <summary>The odd side of a structuring element about that many pixels wide.</summary>
    public static int OddSize(float pixels) => (int)pixels | 1;

    /// <summary>The connected components whose area in pixels is wanted.</summary>
    public static Mask KeepComponents(Mask mask, Func<int, bool> isWanted)
    {
        var (labels, components) = mask.Components();
        var keep = new byte[components.Count + 1];
        foreach (var component in components)
            keep[component.Label] = isWanted(component.Area) ? Mask.Set : (byte)0;

        var kept = new Mask(mask.Width, mask.Height);
        var from = labels.Samples;
        var to = kept.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = keep[from[i]];
        return kept;
    }

    private static Mask KeepLargePieces(Mask mask)
    {
        var components = mask.Components().Components;
        if (components.Count == 0)
            return mask;
        var least = LeastPieceShare * components.Max(component => component.Area);
        return KeepComponents(mask, area => area >= least);
    }
}

using Rhytid.Faces.Skin;
using Rhytid.Shipped;

namespace Rhytid.Faces.Parsing;

/// <summary>How skin is found unless a caller says otherwise.</summary>
internal static class ShippedSkin
{
    /// <summary>
    /// The face parser; where its weights are not installed, the colour model, which needs none. The caller disposes it.
    /// </summary>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    public static ISkinMaskProvider Load(int? threads = null) =>
        ShippedModels.Default.Has(ShippedModels.FaceParser)
            ? new ParsedSkinMask(FaceParser.LoadShipped(threads), ownsParser: true)
            : new SkinColorModel(SkinColorModelOptions.LicenseClean);
}

using Rhytid.Faces.Skin;
using Rhytid.Shipped;

namespace Rhytid.Faces.Parsing;

/// <summary>How skin is found unless a caller says otherwise.</summary>
internal static class ShippedSkin
{
    /// <summary>The face parser that ships; the caller disposes it.</summary>
    public static ISkinMaskProvider Load() =>
        ShippedModels.Default.Has(ShippedModels.FaceParser)
            ? new ParsedSkinMask(FaceParser.LoadShipped(), ownsParser: true)
            : new SkinColorModel();
}

using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>A photo with painted wrinkles and everything that is known about them.</summary>
/// <param name="Image">The photo, changed only on its skin.</param>
/// <param name="WrinkleMask">The pixels of the painted valleys.</param>
/// <param name="SkinMask">The skin that could be painted on.</param>
/// <param name="Wrinkles">What was painted.</param>
public sealed record WrinkledFace(Image Image, Mask WrinkleMask, Mask SkinMask, IReadOnlyList<PaintedWrinkle> Wrinkles);

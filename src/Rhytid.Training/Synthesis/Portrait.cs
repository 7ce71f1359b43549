using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Training.Synthesis;

/// <summary>A synthetic portrait and everything that is known about it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="WrinkleMask">The pixels that lie in a wrinkle at half its own depth or more.</param>
/// <param name="WrinkleRegions">The same pixels, each with the number of its <see cref="WrinkleRegion"/>; 0 elsewhere.</param>
/// <param name="SkinMask">Visible skin of face and nose: no eyes, brows, lips, nostrils, hair, neck or ears.</param>
/// <param name="Landmarks">Exact middles of the eyes and corners of the mouth.</param>
/// <param name="Age">Years that the portrait shows.</param>
/// <param name="Tone">Colour of the skin.</param>
/// <param name="Hair">How the hair is worn.</param>
public sealed record Portrait(
    Image Image, Mask WrinkleMask, Plane<byte> WrinkleRegions, Mask SkinMask, FaceLandmarks Landmarks, int Age, SkinTone Tone, HairStyle Hair)
{
    /// <summary>The wrinkles of one region.</summary>
    public Mask WrinklesIn(WrinkleRegion region) => Mask.Where(WrinkleRegions, code => code == (byte)region);
}

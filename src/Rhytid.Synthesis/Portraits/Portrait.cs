using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>A synthetic portrait and everything that is known about it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="WrinkleMask">The pixels that lie in a wrinkle at half its own depth or more.</param>
/// <param name="WrinkleRegions">The same pixels, each with the number of its <see cref="WrinkleRegion"/>; 0
/// elsewhere.</param>
/// <param name="SkinMask">Visible skin of face and nose: no eyes, brows, lips, nostrils, hair, neck or ears.</param>
/// <param name="PartLabels">The part that every pixel shows, numbered as <see cref="Faces.Parsing.FaceParts"/>;
/// glasses, jewellery, hats and an open mouth never occur.</param>
/// <param name="Landmarks">Exact middles of the eyes and corners of the mouth.</param>
/// <param name="Age">Years that the portrait shows.</param>
/// <param name="Tone">Colour of the skin.</param>
/// <param name="Hair">How the hair is worn.</param>
public sealed record Portrait(
    Image Image, Mask WrinkleMask, Plane<byte> WrinkleRegions, Mask SkinMask, Plane<byte> PartLabels,
    FaceLandmarks Landmarks, int Age, SkinTone Tone, HairStyle Hair)
{
    /// <summary>
    /// The face cut out as FFHQ cuts it, by the exact landmarks; masks and labels by nearest neighbour.
    /// </summary>
    /// <param name="size">Side of the square in pixels.</param>
    public Portrait Align(int size)
    {
        var cut = FaceAlignment.Cut(Image, Landmarks, size);
        var regions = Warp(WrinkleRegions);
        return this with
        {
            Image = cut.Image,
            WrinkleMask = Mask.Where(regions, code => code != 0),
            WrinkleRegions = regions,
            SkinMask = Mask.Where(Warp(SkinMask.AsPlane()), level => level != 0),
            PartLabels = Warp(PartLabels),
            Landmarks = cut.Landmarks,
        };

        Plane<byte> Warp(Plane<byte> plane) =>
            plane.Warp(size, size, cut.FaceToPhoto, Interpolation.Nearest, BorderMode.Reflect);
    }
}

using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>Follows places of a result back to where their pixels come from, in place.</summary>
/// <param name="x">Pixels from the left; whole numbers are pixels' centres.</param>
/// <param name="y">Pixels from above, as many.</param>
internal delegate void Warp(Span<float> x, Span<float> y);

/// <summary>Moves pixels: of photo, texture map, mask and scored region alike.</summary>
public abstract record GeometricOperation : AugmentationOperation
{
    /// <summary>Draws magnitudes for pictures of a size.</summary>
    internal abstract Warp Draw(ref SeededRandom random, Size2 size);
}

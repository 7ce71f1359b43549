using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Synthesis;

namespace Rhytid.Training.Augmentation;

/// <summary>Where the pixels of a result come from.</summary>
/// <param name="places">(2, H, W), Float32: x, then y, in pixels; whole numbers are pixels' centres.</param>
/// <returns>(2, H, W): the places in the picture before the operation.</returns>
internal delegate Tensor Warp(Tensor places);

/// <summary>Moves pixels: of photo, texture map, mask and scored region alike.</summary>
public abstract record GeometricOperation : AugmentationOperation
{
    /// <summary>Draws magnitudes.</summary>
    internal abstract Warp Draw(ref SeededRandom random, Size2 size);
}

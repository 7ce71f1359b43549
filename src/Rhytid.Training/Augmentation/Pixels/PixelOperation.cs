using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Changes a photo's levels and moves nothing. Texture maps, which are made from the photo as it was, stay as they are.
/// </summary>
public abstract record PixelOperation : AugmentationOperation
{
    /// <param name="photo">(1, 3, H, W), Float32, 0 to 255.</param>
    /// <param name="random">What magnitudes and noise are drawn from.</param>
    /// <returns>The same shape.</returns>
    internal abstract Tensor Apply(Tensor photo, ref SeededRandom random);
}

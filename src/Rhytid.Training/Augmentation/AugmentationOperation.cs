using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>Something that is done to a sample by chance.</summary>
public abstract record AugmentationOperation
{
    /// <summary>
    /// The field's name for it, as in "grid-distortion"; unique in a pipeline, because its random numbers start from
    /// it.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>How often it happens, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Its magnitudes in a few words, for captions and tables.</summary>
    public abstract string Magnitudes { get; }

    // The toss is the first number of the operation's sequence, so that magnitudes do not depend on the probability.
    internal bool Happens(ref SeededRandom random) => random.Chance((float)Probability);
}

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

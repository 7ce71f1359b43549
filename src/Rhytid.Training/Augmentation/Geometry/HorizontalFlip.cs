using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Synthesis;

namespace Rhytid.Training.Augmentation;

/// <summary>Exchanges left and right. Where nothing else moves pixels the result is exact, without resampling.</summary>
public sealed record HorizontalFlip : GeometricOperation
{
    /// <inheritdoc/>
    public override string Name => "flip";

    /// <inheritdoc/>
    public override string Magnitudes => "left and right";

    internal override Warp Draw(ref SeededRandom random, Size2 size) =>
        places => Tensor.Cat([size.Width - 1 - places.Narrow(0, 0, 1), places.Narrow(0, 1, 1)], 0);
}

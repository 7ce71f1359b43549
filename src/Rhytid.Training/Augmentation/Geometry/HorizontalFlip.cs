using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>Exchanges left and right. Where nothing else moves pixels the result is exact.</summary>
public sealed record HorizontalFlip : GeometricOperation
{
    /// <inheritdoc/>
    public override string Name => "flip";

    /// <inheritdoc/>
    public override string Magnitudes => "left and right";

    internal override Warp Draw(ref SeededRandom random, Size2 size)
    {
        var last = size.Width - 1;
        return (x, _) =>
        {
            foreach (ref var place in x)
                place = last - place;
        };
    }
}

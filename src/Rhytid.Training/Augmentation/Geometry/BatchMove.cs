using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>What was drawn for the pictures of a batch: some stay, some are only flipped, the others are resampled together.</summary>
internal sealed class BatchMove
{
    private readonly List<Kind> _kinds = [];
    private readonly List<Tensor> _places = [];
    private readonly List<bool> _isFlipped = [];

    private BatchMove()
    {
    }

    private enum Kind
    {
        Stay,
        Flip,
        Resample,
    }

    public static BatchMove Draw(IReadOnlyList<GeometricOperation> operations, IReadOnlyList<AugmentationSeed> seeds, Size2 size, Device device)
    {
        var move = new BatchMove();
        foreach (var seed in seeds)
        {
            var drawn = new List<(GeometricOperation Operation, Warp Warp)>();
            foreach (var operation in operations)
            {
                var random = seed.For(operation.Name);
                if (operation.Happens(ref random))
                    drawn.Add((operation, operation.Draw(ref random, size)));
            }
            var kind = drawn is [] ? Kind.Stay : drawn is [(HorizontalFlip, _)] ? Kind.Flip : Kind.Resample;
            move._kinds.Add(kind);
            move._isFlipped.Add(drawn.Any(one => one.Operation is HorizontalFlip));
            if (kind == Kind.Resample)
                move._places.Add(SamplingGrid.Compose([.. drawn.Select(one => one.Warp)], size, device));
        }
        return move;
    }

    /// <summary>Whether left and right changed places in a sample.</summary>
    public IReadOnlyList<bool> IsFlipped => _isFlipped;

    /// <summary>Linear between the four neighbours, 0 outside.</summary>
    public static Tensor Bilinear(Tensor images, Tensor places) =>
        images.GridSample(SamplingGrid.Normalize(places, images.ImageSize()), InterpolationMode.Bilinear);

    /// <summary>Moves pictures of one kind.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="sample">Resamples (M, C, H, W) at places of (M, 2, H, W).</param>
    public Tensor Apply(Tensor images, Func<Tensor, Tensor, Tensor> sample)
    {
        if (_kinds.TrueForAll(kind => kind == Kind.Stay))
            return images;
        var rows = Enumerable.Range(0, _kinds.Count).Where(i => _kinds[i] == Kind.Resample).Select(i => images.Narrow(0, i, 1)).ToList();
        var resampled = rows.Count > 0 ? sample(Tensor.Cat(rows, 0), Tensor.Stack(_places)) : null;
        var taken = 0;
        return Tensor.Cat([.. _kinds.Select((kind, i) => kind switch
        {
            Kind.Resample => resampled!.Narrow(0, taken++, 1),
            Kind.Flip => images.Narrow(0, i, 1).Flip(3),
            _ => images.Narrow(0, i, 1),
        })], 0);
    }
}

using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// In a mirrored photo the left eye is the right one: parsing labels of paired parts change their numbers (the public
/// training script means to, and does not).
/// </summary>
internal static class FacePartSwap
{
    // brows, eyes, ears in BiSeNet's order
    private static readonly (int Left, int Right)[] Pairs = [(2, 3), (4, 5), (7, 8)];

    /// <param name="labels">(N, 1, H, W), Float32.</param>
    /// <param name="isFlipped">Which of them were mirrored.</param>
    public static Tensor Apply(Tensor labels, IReadOnlyList<bool> isFlipped) =>
        isFlipped.Contains(true)
            ? Tensor.Cat(
                [.. isFlipped.Select((flipped, i) => flipped ? Swap(labels.Narrow(0, i, 1)) : labels.Narrow(0, i, 1))],
                0)
            : labels;

    private static Tensor Swap(Tensor labels)
    {
        var swapped = labels;
        foreach (var (left, right) in Pairs)
        {
            swapped = swapped.MaskedFill(labels.EqualTo(Tensor.Scalar(left)), right);
            swapped = swapped.MaskedFill(labels.EqualTo(Tensor.Scalar(right)), left);
        }
        return swapped;
    }
}

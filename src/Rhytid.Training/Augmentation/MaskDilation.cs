using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>Makes masks one pixel wider on all sides, so that thin lines weigh more in training (Sandu).</summary>
internal static class MaskDilation
{
    /// <summary>3x3, once; soft labels take the largest neighbour.</summary>
    /// <param name="masks">(N, 1, H, W), Float32.</param>
    public static Tensor Dilate(Tensor masks) => masks.MaxPool2d(3, 1, 1);
}

using Rhytid.Networks;
using Rhytid.Torch;

namespace Rhytid.Models.Tests;

/// <summary>What a network sees, as libtorch takes it.</summary>
internal static class NetworkImageTensors
{
    /// <summary>(1, C, H, W), channels-last.</summary>
    public static Tensor ToTensor(this NetworkImage image) =>
        Tensor.From(image.Pixels, 1, image.Height, image.Width, image.Channels).Permute(0, 3, 1, 2);
}

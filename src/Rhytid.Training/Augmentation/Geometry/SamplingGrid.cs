using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>Where every pixel of a result comes from, all operations of a draw in one: pictures are interpolated once.</summary>
internal static class SamplingGrid
{
    /// <summary>The picture's own places, (2, H, W): x, then y.</summary>
    public static Tensor Identity(Size2 size, Device device)
    {
        var x = Tensor.Arange(size.Width, DType.Float32, device).View(1, 1, size.Width).Expand(1, size.Height, size.Width);
        var y = Tensor.Arange(size.Height, DType.Float32, device).View(1, size.Height, 1).Expand(1, size.Height, size.Width);
        return Tensor.Cat([x, y], 0);
    }

    /// <summary>Follows a result's pixels back through operations that were done in the given order, so the last is asked first.</summary>
    public static Tensor Compose(IReadOnlyList<Warp> warps, Size2 size, Device device)
    {
        var places = Identity(size, device);
        for (var i = warps.Count - 1; i >= 0; i--)
            places = warps[i](places);
        return places;
    }

    /// <summary>Places in pixels, (N, 2, H, W), as <see cref="Functional.GridSample"/> wants them, (N, H, W, 2), for a picture of a size.</summary>
    public static Tensor Normalize(Tensor places, Size2 size)
    {
        var x = Scale(places.Narrow(1, 0, 1), size.Width);
        var y = Scale(places.Narrow(1, 1, 1), size.Height);
        return Tensor.Cat([x, y], 1).Permute(0, 2, 3, 1);
    }

    // A single column has no width: place 0 is then everywhere from -1 to 1, and anything else far outside.
    private static Tensor Scale(Tensor places, long length) => length == 1 ? places * 2 : (places * (2.0 / (length - 1))) - 1;
}

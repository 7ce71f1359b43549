using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Augmentation.Previews;

/// <summary>Pictures as a batch of one, and back.</summary>
internal static class PreviewBatch
{
    // Lattice lines along the longer side.
    private const int LatticeLines = 10;

    /// <summary>
    /// The sample at a size, with a lattice in the place of its texture map: it is interpolated as the photo is.
    /// </summary>
    public static TrainingBatch Create(Image photo, Mask? mask, Mask? scored, string id, int size)
    {
        var scale = (double)size / Math.Max(photo.Width, photo.Height);
        var (width, height) =
            (Math.Max(1, (int)Math.Round(photo.Width * scale)), Math.Max(1, (int)Math.Round(photo.Height * scale)));
        var small = photo.Resize(width, height);
        return new TrainingBatch
        {
            Ids = [id],
            [Channel.Photo] = Tensor.FromBytes(small.Samples, DType.UInt8, height, width, 3).Permute(2, 0,
                1).Unsqueeze(0),
            [Channel.Texture] = Lattice(width, height, Math.Max(4, size / LatticeLines)),
            [Channel.Wrinkles] = Shrink(mask, width, height, MaskResize.Any),
            [Channel.ScoredRegion] = Shrink(scored, width, height, MaskResize.Half),
        };
    }

    /// <param name="photo">(1, 3, H, W), 0 to 255.</param>
    public static Image ToImage(Tensor photo)
    {
        var image = new Image((int)photo.Size(3), (int)photo.Size(2));
        Bytes(photo).Squeeze(0).Permute(1, 2, 0).CopyTo(image.Samples);
        return image;
    }

    /// <param name="plane">(1, 1, H, W).</param>
    /// <param name="factor">What makes its values levels 0 to 255.</param>
    public static Plane<byte> ToPlane(Tensor plane, double factor)
    {
        var levels = new Plane<byte>((int)plane.Size(3), (int)plane.Size(2));
        Bytes(plane * factor).CopyTo(levels.Samples);
        return levels;
    }

    private static Tensor Bytes(Tensor levels) => (levels.To(DType.Float32).Clamp(0, 255) + 0.5).To(DType.UInt8);

    private static Tensor? Shrink(Mask? mask, int width, int height, MaskResize rule)
    {
        if (mask is null)
            return null;
        var small = new byte[width * height];
        MaskShrinker.Resize(mask.Samples, mask.Width, mask.Height, small, width, height, rule);
        return Tensor.From(small, 1, 1, height, width);
    }

    private static Tensor Lattice(int width, int height, int distance)
    {
        var lines = new byte[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                lines[(y * width) + x] = x % distance == distance / 2 || y % distance == distance / 2
                    ? byte.MaxValue
                    : (byte)0;
        return Tensor.From(lines, 1, 1, height, width);
    }
}

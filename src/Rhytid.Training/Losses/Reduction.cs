using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>Over what the sums of a ratio run before it is taken.</summary>
public enum Pooling
{
    /// <summary>Each image has its own ratio; the loss is their mean.</summary>
    Image,

    /// <summary>One ratio over all pixels of the batch.</summary>
    Batch,
}

/// <summary>Sums and means over the pixels that count.</summary>
internal static class Reduction
{
    private static readonly long[] OverImage = [1, 2, 3];

    /// <summary>Zero where pixels do not count.</summary>
    public static Tensor KeepScored(Tensor values, Tensor? scored) => scored is null ? values : values * scored;

    /// <summary>The sum of each image (N), or of the batch (scalar).</summary>
    public static Tensor Sum(Tensor values, Pooling pooling) => pooling == Pooling.Image ? values.Sum(OverImage) : values.Sum();

    /// <summary>Mean over the pixels that count, of all channels.</summary>
    public static Tensor Mean(Tensor values, Tensor? scored)
    {
        if (scored is null)
            return values.Mean();
        // A batch in which nothing counts has no loss, not 0 / 0.
        return (values * scored).Sum() / (scored.Sum() * values.Shape[1]).Clamp(1, float.MaxValue);
    }
}

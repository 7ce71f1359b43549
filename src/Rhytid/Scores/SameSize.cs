using Rhytid.Imaging;

namespace Rhytid.Scores;

/// <summary>Pictures that are compared pixel by pixel.</summary>
internal static class SameSize
{
    /// <summary>Refuses a picture of another size than the truth's.</summary>
    public static void Require<T>(Mask truth, Raster<T>? other, string name)
        where T : unmanaged
    {
        if (other is not null && (other.Width != truth.Width || other.Height != truth.Height))
            throw new ArgumentException(
                $"the {name} has {other.Width} x {other.Height} pixels, the truth {truth.Width} x {truth.Height}");
    }
}

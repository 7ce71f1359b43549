namespace Rhytid.Training.Objectives;

/// <summary>
/// One validation image with what the network made of it, as bytes: a machine without OpenCV stores it, another draws
/// it.
/// </summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Jsi">Of the image at the network's threshold, inside the scored region.</param>
/// <param name="Size">Side in pixels: H and W below.</param>
/// <param name="Photo">Planes of red, green, blue: 3 x H x W.</param>
/// <param name="Truth">The manual mask: H x W of 0 and 1.</param>
/// <param name="Probability">Of wrinkle: H x W, 0 to 255 for 0 to 1, rounded.</param>
/// <param name="Scored">Where pixels count: H x W of 0 and 1; null for everywhere.</param>
/// <param name="Threshold">Probability from which on a pixel is wrinkle.</param>
public sealed record RunExample(
    string Id, double Jsi, int Size, byte[] Photo, byte[] Truth, byte[] Probability, byte[]? Scored,
    double Threshold = 0.5)
{
    /// <summary>The smallest <see cref="Probability"/> that counts as wrinkle.</summary>
    public byte Level => (byte)Math.Clamp(Math.Ceiling(Threshold * byte.MaxValue), 1, byte.MaxValue);

    /// <exception cref="ArgumentException">An array has not as many bytes as its pixels.</exception>
    internal void Check()
    {
        var pixels = (long)Size * Size;
        if (Size <= 0
            || Photo.Length != 3 * pixels
            || Truth.Length != pixels
            || Probability.Length != pixels
            || (Scored is not null && Scored.Length != pixels))
            throw new ArgumentException(
                $"{Id}: an example of side {Size} has 3 planes of colour, a mask and a map of {pixels} bytes each");
    }
}

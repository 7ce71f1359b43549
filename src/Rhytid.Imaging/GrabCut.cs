using Rhytid.Imaging.Native;

namespace Rhytid.Imaging;

/// <summary>Foreground extraction by iterated graph cuts (Rother, Kolmogorov and Blake, 2004), OpenCV's implementation.</summary>
public static class GrabCut
{
    /// <summary>Surely background.</summary>
    public const byte Background = 0;

    /// <summary>Surely foreground.</summary>
    public const byte Foreground = 1;

    /// <summary>Background, to be refined.</summary>
    public const byte ProbablyBackground = 2;

    /// <summary>Foreground, to be refined.</summary>
    public const byte ProbablyForeground = 3;

    /// <summary>Refines <paramref name="labels"/> in place; both classes must occur in it.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="labels">Of the picture's size, with the four constants as values.</param>
    /// <param name="iterations">Rounds of fitting colours and cutting.</param>
    public static void Refine(Image image, Plane<byte> labels, int iterations)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(labels);
        Vision.Check(VisionLibrary.rv_grab_cut(image.View, labels.View, iterations));
        GC.KeepAlive(image);
        GC.KeepAlive(labels);
    }
}

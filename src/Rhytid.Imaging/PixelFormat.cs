namespace Rhytid.Imaging;

/// <summary>How pixels handed over by an application are laid out; 8 bits a sample.</summary>
public enum PixelFormat
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,

    /// <summary>Red, green, blue, alpha; transparent pixels are laid over white.</summary>
    Rgba,

    /// <summary>Blue, green, red, alpha; transparent pixels are laid over white.</summary>
    Bgra,

    /// <summary>One grey level.</summary>
    Gray,
}

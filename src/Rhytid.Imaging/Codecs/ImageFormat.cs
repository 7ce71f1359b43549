namespace Rhytid.Imaging;

/// <summary>The kinds of picture file that can be read; the first three can also be written.</summary>
public enum ImageFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>WebP, lossy or lossless, still pictures.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>TIFF, the first page.</summary>
    Tiff,

    /// <summary>HEIC and HEIF, the primary picture: photos of phones.</summary>
    Heic,

    /// <summary>AVIF, the primary picture.</summary>
    Avif,

    /// <summary>JPEG XL, the first frame.</summary>
    JpegXl,

    /// <summary>Digital Negative: a camera's raw picture, developed as the camera saw it.</summary>
    Dng,
}

using OpenCvSharp;
using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging;

/// <summary>Pixels to files. No metadata is ever written: no EXIF, no place, no camera.</summary>
public static class ImageEncoding
{
    private const int DefaultPngLevel = 3;
    private const int DefaultQuality = 92;

    /// <summary>
    /// Reads a picture as grey levels (0.299 R + 0.587 G + 0.114 B, rounded); a grey file keeps its values.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    public static Plane<byte> LoadGray(string path, ImageLoadOptions? options = null) =>
        ImageFile.LoadGray(path, options);

    /// <summary>
    /// Reads a picture as grey levels of 16 bits: a 16-bit grey file keeps its values, those of 8 bits are multiplied
    /// by 257.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    public static Plane<ushort> LoadGray16(string path, ImageLoadOptions? options = null) =>
        ImageFile.LoadGray16(path, options);

    /// <summary>Reads a mask file; see <see cref="Mask.FromLevels"/> for how its values are understood.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    public static Mask LoadMask(string path, ImageLoadOptions? options = null) =>
        Mask.FromLevels(LoadLabels(path, options));

    /// <summary>
    /// Reads a picture of labels or of a mask by its numbers: a PNG or TIFF with a coloured palette gives the numbers
    /// of the palette's entries, grey of fewer than 8 bits and of 16 bits its small values, everything else what
    /// <see cref="LoadGray"/> gives; colours are never converted.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    public static Plane<byte> LoadLabels(string path, ImageLoadOptions? options = null)
    {
        return ImageDecoder.DecodeLabels(ImageFile.ReadAll(path, options ?? ImageLoadOptions.Default), options);
    }

    /// <summary>Writes a picture; the extension (.png, .jpg, .jpeg, .webp) chooses the format.</summary>
    /// <param name="raster">RGB or one channel of 8 bits.</param>
    /// <param name="path">Written whole or not at all: through a temporary file beside it.</param>
    /// <param name="quality">0 to 100 for JPEG and WebP; the zlib level 0 to 9 for PNG.</param>
    /// <exception cref="ImageException">The extension is unknown.</exception>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static void Save(this Raster<byte> raster, string path, int? quality = null)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Encode(raster, FormatOf(path), quality));
    }

    /// <summary>Encodes a picture to the bytes of a file.</summary>
    /// <param name="raster">RGB or one channel of 8 bits.</param>
    /// <param name="format">JPEG, PNG or WebP.</param>
    /// <param name="quality">0 to 100 for JPEG and WebP; the zlib level 0 to 9 for PNG.</param>
    public static byte[] Encode(this Raster<byte> raster, ImageFormat format, int? quality = null)
    {
        ArgumentNullException.ThrowIfNull(raster);
        var (extension, flag, most, fallback) = format switch
        {
            ImageFormat.Png => (".png", ImwriteFlags.PngCompression, 9, DefaultPngLevel),
            ImageFormat.Jpeg => (".jpg", ImwriteFlags.JpegQuality, 100, DefaultQuality),
            ImageFormat.WebP => (".webp", ImwriteFlags.WebPQuality, 100, DefaultQuality),
            _ => throw new ImageException($"{format} cannot be written; use .png, .jpg or .webp"),
        };
        var value = quality ?? fallback;
        ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(quality));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, nameof(quality));
        return OpenCv.Run(() =>
        {
            using var pixels = raster.AsMat();
            using var bgr = raster.Channels == 3 ? pixels.CvtColor(ColorConversionCodes.RGB2BGR) : null;
            var isEncoded = Cv2.ImEncode(extension, bgr ?? pixels, out var file, [(int)flag, value]);
            GC.KeepAlive(raster);
            return isEncoded ? file : throw new ImageException("the picture cannot be encoded");
        });
    }

    private static ImageFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFormat.Png,
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".webp" => ImageFormat.WebP,
        var other => throw new ImageException($"cannot write '{other}' files; use .png, .jpg or .webp"),
    };
}

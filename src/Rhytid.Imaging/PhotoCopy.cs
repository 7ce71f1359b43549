using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging;

/// <summary>
/// Copies of photo files that carry the picture and nothing about who took it, where, when and with what.
/// </summary>
public static class PhotoCopy
{
    // Close to what the pixels were; only for pictures that have to be turned upright.
    private const int QualityOfTurned = 97;

    /// <summary>
    /// Reads a photo's file for a copy without metadata. The coded pixels stay as they are, byte by byte, except in a
    /// file whose EXIF says that it has to be turned (turned and coded anew) and in kinds that are read but not written
    /// (become PNG).
    /// </summary>
    /// <exception cref="ImageException">The file is no picture that can be read.</exception>
    public static byte[] Load(string path, ImageLoadOptions? options = null) =>
        WithoutMetadata(ImageFile.ReadAll(path, options ?? ImageLoadOptions.Default), options);

    /// <summary>The file without metadata; see <see cref="Load"/>.</summary>
    /// <exception cref="ImageException">The bytes are no picture that can be read.</exception>
    public static byte[] WithoutMetadata(byte[] file, ImageLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var header = ImageHeader.Read(file);
        if (header.Format is not (ImageFormat.Jpeg or ImageFormat.Png or ImageFormat.WebP or ImageFormat.Bmp))
            return Image.Decode(file, options).Encode(ImageFormat.Png);
        if (header.Orientation != 1)
            return Image.Decode(file, options)
                .Encode(header.Format, header.Format == ImageFormat.Png ? null : QualityOfTurned);
        return header.Format switch
        {
            ImageFormat.Jpeg => MetadataRemoval.FromJpeg(file),
            ImageFormat.Png => MetadataRemoval.FromPng(file),
            ImageFormat.WebP => MetadataRemoval.FromWebP(file),
            _ => file,
        };
    }

    /// <summary>The name of a copy: the photo's, but <c>.png</c> for kinds that are not written.</summary>
    public static string ExtensionFor(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".tif" or ".tiff" or ".heic" or ".heif" or ".avif" or ".jxl" or ".dng" => ".png",
        var extension => extension,
    };
}

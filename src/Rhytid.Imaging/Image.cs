using Rhytid.Imaging.Codecs;

namespace Rhytid.Imaging;

/// <summary>
/// A colour picture: 8-bit red, green and blue, interleaved, upright (EXIF orientation already applied).
/// </summary>
public sealed class Image : Raster<byte>
{
    /// <summary>A black picture.</summary>
    public Image(int width, int height)
        : base(width, height, channels: 3)
    {
    }

    /// <summary>Reads a JPEG, PNG, WebP, BMP, TIFF, HEIC, AVIF, JPEG XL or DNG file; colours become sRGB.</summary>
    /// <exception cref="FileNotFoundException">There is no such file; the message names it.</exception>
    /// <exception cref="ImageException">The file is unreadable, damaged, too large or of another kind.</exception>
    public static Image Load(string path, ImageLoadOptions? options = null) => ImageFile.LoadImage(path, options);

    /// <summary>Reads a picture from a stream, to its end.</summary>
    /// <exception cref="ImageException">The stream holds no picture that can be read.</exception>
    public static Image Load(Stream stream, ImageLoadOptions? options = null) =>
        Decode(ImageFile.ReadAll(stream, options ?? ImageLoadOptions.Default), options);

    /// <summary>Reads a picture from the bytes of an image file.</summary>
    /// <exception cref="ImageException">The bytes are no picture that can be read.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, ImageLoadOptions? options = null) =>
        ImageDecoder.DecodeRgb(file, options);

    /// <summary>Takes pixels that an application already has; they are copied.</summary>
    /// <param name="pixels">Rows without padding, <c>width * height</c> pixels.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="format">The order of the samples.</param>
    public static Image FromPixels(
        ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format = PixelFormat.Rgb)
    {
        var image = new Image(width, height);
        var step = format switch { PixelFormat.Gray => 1, PixelFormat.Rgba or PixelFormat.Bgra => 4, _ => 3 };
        var expected = (long)width * height * step;
        if (pixels.Length != expected)
            throw new ArgumentException(
                $"expected {width} x {height} pixels of {step} bytes = {expected} bytes, got {pixels.Length}",
                nameof(pixels));

        var (red, green, blue) = format switch
        {
            PixelFormat.Gray => (0, 0, 0),
            PixelFormat.Bgr or PixelFormat.Bgra => (2, 1, 0),
            _ => (0, 1, 2),
        };
        var to = image.Samples;
        for (int i = 0, o = 0; i < pixels.Length; i += step, o += 3)
        {
            var alpha = step == 4 ? pixels[i + 3] : 255;
            to[o] = OverWhite(pixels[i + red], alpha);
            to[o + 1] = OverWhite(pixels[i + green], alpha);
            to[o + 2] = OverWhite(pixels[i + blue], alpha);
        }
        return image;

        static byte OverWhite(byte sample, int alpha) => (byte)(((sample * alpha) + (255 * (255 - alpha)) + 127) / 255);
    }

    /// <summary>A copy with its own pixels.</summary>
    public Image Clone()
    {
        var copy = new Image(Width, Height);
        Samples.CopyTo(copy.Samples);
        return copy;
    }
}

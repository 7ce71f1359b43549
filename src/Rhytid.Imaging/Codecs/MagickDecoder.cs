using ImageMagick;
using ImageMagick.Configuration;

namespace Rhytid.Imaging.Codecs;

/// <summary>
/// Decodes what OpenCV cannot read or reads wrongly, by ImageMagick: only kinds that were recognised before, each by
/// its own decoder.
/// </summary>
internal static class MagickDecoder
{
    // Nothing but these decoders can be reached: no program, no address, no script, no other file, no encoder.
    private const string Policy =
        """
        <policymap>
          <policy domain="delegate" rights="none" pattern="*"/>
          <policy domain="filter" rights="none" pattern="*"/>
          <policy domain="path" rights="none" pattern="@*"/>
          <policy domain="coder" rights="none" pattern="*"/>
          <policy domain="coder" rights="read" pattern="{AVIF,DNG,HEIC,JPEG,JXL,PNG,TIFF,WEBP}"/>
        </policymap>
        """;

    private const ulong SecondsPerPicture = 120;

    private static readonly Lazy<string?> LoadProblem = new(Load);

    /// <summary>The picture in sRGB, transparent pixels over white, not yet turned by its EXIF orientation.</summary>
    /// <exception cref="ImageException">It cannot be decoded.</exception>
    public static Image Decode(ReadOnlySpan<byte> file, ImageHeader header)
    {
        if (LoadProblem.Value is { } problem)
            throw new ImageException($"{header.Format} files cannot be read here: {problem}");
        try
        {
            using var picture = new MagickImage(
                file, new MagickReadSettings { Format = FormatOf(header.Format), FrameIndex = 0, FrameCount = 1 });
            // Where the raw part is of a kind that the decoder does not know, it gives the preview.
            if (header.Format == ImageFormat.Dng
                && 2L * picture.Width * picture.Height < (long)header.Width * header.Height)
                throw new ImageException(
                    $"only a preview of this DNG can be decoded ({picture.Width} x {picture.Height} of "
                    + $"{header.Width} x {header.Height} pixels); export it as JPEG, PNG or TIFF first");
            ConvertToSrgb(picture);
            if (picture.HasAlpha)
            {
                picture.BackgroundColor = MagickColors.White;
                picture.Alpha(AlphaAction.Remove);
            }
            using var pixels = picture.GetPixelsUnsafe();
            return Image.FromPixels(
                pixels.ToByteArray(PixelMapping.RGB), checked((int)picture.Width), checked((int)picture.Height));
        }
        catch (MagickResourceLimitErrorException error)
        {
            throw new ImageException("this picture takes more memory or time to decode than is allowed", error);
        }
        catch (MagickException error)
        {
            throw new ImageException(
                header.Format == ImageFormat.Dng
                    ? "the raw picture of this DNG cannot be decoded; export it as JPEG, PNG or TIFF first"
                    : ImageDecoder.DamagedPixels,
                error);
        }
    }

    private static void ConvertToSrgb(MagickImage picture)
    {
        try
        {
            if (picture.GetColorProfile() is not null && picture.TransformColorSpace(ColorProfiles.SRGB))
                return;
        }
        catch (MagickException)
        {
            // A profile of another kind of picture, such as RGB in a grey one, says nothing.
        }
        picture.ColorSpace = ColorSpace.sRGB;
    }

    private static MagickFormat FormatOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => MagickFormat.Jpeg,
        ImageFormat.Png => MagickFormat.Png,
        ImageFormat.WebP => MagickFormat.WebP,
        ImageFormat.Tiff => MagickFormat.Tiff,
        ImageFormat.Heic => MagickFormat.Heic,
        ImageFormat.Avif => MagickFormat.Avif,
        ImageFormat.JpegXl => MagickFormat.Jxl,
        ImageFormat.Dng => MagickFormat.Dng,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static string? Load()
    {
        try
        {
            // ImageMagick takes its policy from a file, once; asking for a limit makes it read that.
            var folder = Directory.CreateTempSubdirectory("rhytid-");
            try
            {
                var files = ConfigurationFiles.Default;
                files.Policy.Data = Policy;
                MagickNET.Initialize(files, folder.FullName);
                ResourceLimits.Disk = 0;
                ResourceLimits.Time = SecondsPerPicture;
                ResourceLimits.Memory = (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
            return IsClosed() ? null : "ImageMagick does not keep to its policy";
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException
            or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return $"ImageMagick cannot be loaded ({OpenCv.FirstLine((error.InnerException ?? error).Message)})";
        }
    }

    private static bool IsClosed()
    {
        try
        {
            using var picture = new MagickImage("<svg/>"u8, new MagickReadSettings { Format = MagickFormat.Svg });
            return false;
        }
        catch (MagickPolicyErrorException)
        {
            return true;
        }
    }
}

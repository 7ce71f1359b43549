using OpenCvSharp;

namespace Rhytid.Imaging.Codecs;

/// <summary>Bytes of an image file to pixels: header and limits first, decoders after.</summary>
internal static class ImageDecoder
{
    /// <summary>What is said of a file whose header is sound.</summary>
    public const string DamagedPixels = "the pixels cannot be decoded: the file is damaged or cut off";

    // From 16 bits a sample to 8 and back.
    private const int Ratio = 257;

    public static Image DecodeRgb(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        var header = ReadHeader(file, options);
        if (NeedsMagick(file, header))
            return Upright(MagickDecoder.Decode(file, header), header.Orientation, NewImage);
        using var decoded = Decode(file, header);
        return Upright(ToImage(decoded), OrientationLeft(header), NewImage);
    }

    public static Plane<byte> DecodeGray(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        var header = ReadHeader(file, options);
        using var decoded = HasGrayLevels(file, header) ? Decode(file, header) : null;
        if (decoded is null || (decoded.Channels() != 1 && NeedsMagick(file, header)))
            return DecodeRgb(file, options).ToGray();
        return Upright(ToGray(decoded), OrientationLeft(header), NewPlane<byte>);
    }

    public static Plane<ushort> DecodeGray16(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        var header = ReadHeader(file, options);
        using var decoded = HasGrayLevels(file, header) ? Decode(file, header) : null;
        if (decoded?.Type() == MatType.CV_16UC1)
            return Upright(ToGray16(decoded), OrientationLeft(header), NewPlane<ushort>);
        var gray = DecodeGray(file, options);
        return OpenCv.Apply(
            gray, new Plane<ushort>(gray.Width, gray.Height),
            static (from, to) => from.ConvertTo(to, MatType.CV_16U, Ratio));
    }

    public static Plane<byte> DecodeLabels(byte[] file, ImageLoadOptions? options)
    {
        var header = ReadHeader(file, options);
        if (!IsOpenCvs(header.Format))
            throw new ImageException(
                $"{header.Format} files hold colours, not the numbers of a mask or of labels; use PNG or TIFF");
        var (numbers, divisor) = header.Format switch
        {
            ImageFormat.Png => PngLabels.AsNumbers(file),
            ImageFormat.Tiff => (TiffHeader.AsNumbers(file), 1),
            _ => (file, 1),
        };
        using var decoded = Decode(numbers, header);
        // Small numbers in 16 bits are labels; large ones are grey levels.
        if (decoded.Type() == MatType.CV_16UC1
            && !ToGray16(decoded).Samples.ContainsAnyExceptInRange((ushort)0, (ushort)byte.MaxValue))
            OpenCv.Run(() => decoded.ConvertTo(decoded, MatType.CV_8U));
        var labels = ToGray(decoded);
        if (divisor > 1)
            foreach (ref var sample in labels.Samples)
                sample = (byte)(sample / divisor);
        return Upright(labels, OrientationLeft(header), NewPlane<byte>);
    }

    private static bool IsOpenCvs(ImageFormat format) => format <= ImageFormat.Tiff;

    // Files of one channel keep their values; which these are shows after decoding, but for TIFF, of which OpenCV reads
    // only some kinds rightly.
    private static bool HasGrayLevels(ReadOnlySpan<byte> file, ImageHeader header) =>
        header.Format == ImageFormat.Tiff ? TiffHeader.IsGray(file) : IsOpenCvs(header.Format);

    // What OpenCV does not know or would show in wrong colours.
    private static bool NeedsMagick(ReadOnlySpan<byte> file, ImageHeader header) =>
        !IsOpenCvs(header.Format)
        || (header.Format == ImageFormat.Tiff && !TiffHeader.IsGray(file))
        || (header.Format == ImageFormat.Jpeg && JpegHeader.Channels(file) == 4)
        || IccProfile.IsOther(IccProfile.Find(file, header.Format));

    private static Image NewImage(int width, int height) => new(width, height);

    private static Plane<T> NewPlane<T>(int width, int height)
        where T : unmanaged => new(width, height);

    private static ImageHeader ReadHeader(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        var header = ImageHeader.Read(file);
        var maxPixels = (options ?? ImageLoadOptions.Default).MaxPixels;
        var pixels = (long)header.Width * header.Height;
        return pixels <= maxPixels ? header : throw new ImageException(
            $"the picture has {header.Width} x {header.Height} = {pixels / 1e6:0.#} million pixels; "
            + $"the limit is {maxPixels / 1e6:0.#} million");
    }

    private static unsafe Mat Decode(ReadOnlySpan<byte> file, ImageHeader header)
    {
        if (header.Format == ImageFormat.Png)
            PngChunks.RequireWhole(file);
        var coded = header.Format == ImageFormat.Png ? PngHeader.WithoutColorProfile(file) : file;
        Mat decoded;
        fixed (byte* bytes = coded)
        {
            var (address, length) = ((nint)bytes, coded.Length);
            decoded = OpenCv.Run(() =>
            {
                using var input = Mat.FromPixelData(1, length, MatType.CV_8UC1, address);
                return Cv2.ImDecode(input, ImreadModes.Unchanged);
            });
        }
        if (!decoded.Empty() && decoded.Depth() is MatType.CV_8U or MatType.CV_16U)
            return decoded;
        using (decoded)
            throw new ImageException(decoded.Empty()
                ? DamagedPixels
                : "only 8-bit and 16-bit samples are supported");
    }

    // OpenCV itself turns TIFF pages upright; every other format is turned by the orientation read here.
    private static int OrientationLeft(ImageHeader header) =>
        header.Format == ImageFormat.Tiff ? 1 : header.Orientation;

    private static unsafe Image ToImage(Mat decoded)
    {
        To8Bit(decoded);
        var (width, height, channels) = (decoded.Width, decoded.Height, decoded.Channels());
        if (channels == 4)
            return Image.FromPixels(
                new ReadOnlySpan<byte>(decoded.DataPointer, checked(width * height * channels)), width, height,
                PixelFormat.Bgra);
        var code = channels switch
        {
            1 => ColorConversionCodes.GRAY2RGB,
            3 => ColorConversionCodes.BGR2RGB,
            _ => throw new ImageException($"pictures of {channels} channels cannot be read"),
        };
        return OpenCv.Draw(new Image(width, height), to => Cv2.CvtColor(decoded, to, code));
    }

    private static Plane<byte> ToGray(Mat decoded)
    {
        if (decoded.Channels() != 1)
            return ToImage(decoded).ToGray();
        To8Bit(decoded);
        return OpenCv.Draw(new Plane<byte>(decoded.Width, decoded.Height), to => decoded.CopyTo(to));
    }

    private static Plane<ushort> ToGray16(Mat decoded) =>
        OpenCv.Draw(new Plane<ushort>(decoded.Width, decoded.Height), to => decoded.CopyTo(to));

    private static void To8Bit(Mat decoded)
    {
        if (decoded.Depth() == MatType.CV_16U)
            OpenCv.Run(() => decoded.ConvertTo(decoded, MatType.CV_8U, 1.0 / Ratio));
    }

    private static TRaster Upright<TRaster>(TRaster raster, int orientation, Func<int, int, TRaster> make)
        where TRaster : IHasMat
    {
        if (orientation == 1)
            return raster;
        using var size = raster.AsMat();
        var isTurned = orientation >= 5;
        return OpenCv.Apply(
            raster, isTurned ? make(size.Height, size.Width) : make(size.Width, size.Height), (from, to) =>
            {
                switch (orientation)
                {
                    case 2:
                        Cv2.Flip(from, to, FlipMode.Y);
                        break;
                    case 3:
                        Cv2.Rotate(from, to, RotateFlags.Rotate180);
                        break;
                    case 4:
                        Cv2.Flip(from, to, FlipMode.X);
                        break;
                    case 5:
                        Cv2.Transpose(from, to);
                        break;
                    case 6:
                        Cv2.Rotate(from, to, RotateFlags.Rotate90Clockwise);
                        break;
                    case 7:
                        Cv2.Transpose(from, to);
                        Cv2.Rotate(to, to, RotateFlags.Rotate180);
                        break;
                    default:
                        Cv2.Rotate(from, to, RotateFlags.Rotate90Counterclockwise);
                        break;
                }
            });
    }
}

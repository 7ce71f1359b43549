using System.Buffers;

namespace Rhytid.Imaging.Codecs;

/// <summary>
/// Whole files in and out of memory. A missing file is a <see cref="FileNotFoundException"/>, every other failure an
/// <see cref="ImageException"/>; both messages are one line.
/// </summary>
internal static class ImageFile
{
    private delegate T Decode<out T>(ReadOnlySpan<byte> file);

    public static Image LoadImage(string path, ImageLoadOptions? options) =>
        Load(path, options ?? ImageLoadOptions.Default, file => ImageDecoder.DecodeRgb(file, options));

    public static Plane<byte> LoadGray(string path, ImageLoadOptions? options) =>
        Load(path, options ?? ImageLoadOptions.Default, file => ImageDecoder.DecodeGray(file, options));

    public static Plane<ushort> LoadGray16(string path, ImageLoadOptions? options) =>
        Load(path, options ?? ImageLoadOptions.Default, file => ImageDecoder.DecodeGray16(file, options));

    public static byte[] ReadAll(string path, ImageLoadOptions options) =>
        WithStream(path, stream => ReadAll(stream, options));

    // A photo's bytes are needed for a moment only: a borrowed buffer spares the collector megabytes for each photo of
    // a long run.
    private static T Load<T>(string path, ImageLoadOptions options, Decode<T> decode) => WithStream(path, stream =>
    {
        if (!stream.CanSeek || stream.Length == 0)
            return decode(ReadAll(stream, options));
        RequireFits(stream.Length, options);
        var length = (int)stream.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            stream.ReadExactly(buffer, 0, length);
            return decode(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    });

    private static T WithStream<T>(string path, Func<FileStream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (Directory.Exists(path))
                throw new ImageException("this is a folder, not a picture");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return read(stream);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{path}: there is no such file", path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ImageException("the file may not be read (permission denied)", error);
        }
        catch (IOException error)
        {
            throw new ImageException($"the file cannot be read ({error.Message})", error);
        }
    }

    public static byte[] ReadAll(Stream stream, ImageLoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.CanSeek && stream.Length - stream.Position is var left and > 0)
        {
            RequireFits(left, options);
            var bytes = GC.AllocateUninitializedArray<byte>((int)left);
            stream.ReadExactly(bytes);
            return bytes;
        }
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            RequireFits(memory.Length + read, options);
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }

    private static void RequireFits(long bytes, ImageLoadOptions options)
    {
        if (bytes > options.MaxBytes)
            throw new ImageException(
                $"the file has more than {options.MaxBytes / (1024 * 1024)} MiB, the limit for one picture");
    }
}

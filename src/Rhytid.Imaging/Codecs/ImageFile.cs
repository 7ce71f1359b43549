namespace Rhytid.Imaging.Codecs;

/// <summary>Whole files in and out of memory, every failure as one <see cref="ImageException"/> line.</summary>
internal static class ImageFile
{
    public static Image LoadImage(string path, ImageLoadOptions? options) =>
        ImageDecoder.DecodeRgb(ReadAll(path, options ?? ImageLoadOptions.Default), options);

    public static Plane<byte> LoadGray(string path, ImageLoadOptions? options) =>
        ImageDecoder.DecodeGray(ReadAll(path, options ?? ImageLoadOptions.Default), options);

    public static byte[] ReadAll(string path, ImageLoadOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (Directory.Exists(path))
                throw new ImageException("this is a folder, not a picture");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return ReadAll(stream, options);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageException("there is no such file", error);
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
            throw new ImageException($"the file has more than {options.MaxBytes / (1024 * 1024)} MiB, the limit for one picture");
    }
}

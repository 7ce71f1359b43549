using System.Buffers.Binary;
using Rhytid.Imaging.Tests.Codecs;

namespace Fuzz;

/// <summary>Puts right what a format checks first, so that damage behind it is reached.</summary>
internal static class Repairs
{
    private const int PngSignature = 8;
    private const int ChunkFrame = 12;

    /// <summary>The checksums of all chunks of a PNG that can be walked to.</summary>
    public static byte[] Png(byte[] file)
    {
        for (var at = PngSignature; at + ChunkFrame <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - ChunkFrame)
                break;
            var content = file.AsSpan(at + 4, 4 + (int)length);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), MadeFiles.Crc32(content));
            at += ChunkFrame + (int)length;
        }
        return file;
    }

    /// <summary>The length at the head of a WebP.</summary>
    public static byte[] WebP(byte[] file)
    {
        if (file.Length >= 8)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    /// <summary>A safetensors file whose header is the damaged text.</summary>
    public static byte[] Safetensors(byte[] header, int dataBytes) =>
        [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[dataBytes]];
}

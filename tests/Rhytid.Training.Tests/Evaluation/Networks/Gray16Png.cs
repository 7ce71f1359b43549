using System.Buffers.Binary;
using Rhytid.Imaging;
using Rhytid.Imaging.Tests.Codecs;
using Rhytid.Scores;

namespace Rhytid.Training.Tests.Evaluation.Networks;

/// <summary>Probabilities as a grey picture of 16 bits: all that scores see of them.</summary>
internal static class Gray16Png
{
    public static void Write(Plane<float> map, string path)
    {
        var rows = new byte[2 * map.Width * map.Height];
        for (var i = 0; i < map.Samples.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(rows.AsSpan(2 * i), (ushort)ScoreHistogram.BinOf(map.Samples[i]));
        File.WriteAllBytes(path, MadeFiles.Png(map.Width, map.Height, 16, 0, rows));
    }
}

using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Torch;

namespace Rhytid.Faces;

/// <summary>Pixels as networks see them.</summary>
internal static class NetworkPixels
{
    /// <summary>Normalises pixels that already have the network's size.</summary>
    /// <param name="image">Colour.</param>
    /// <param name="texture">The texture map for a fourth channel.</param>
    /// <param name="inside">Colour is black elsewhere; null keeps all of it.</param>
    /// <param name="preprocessing">Mean and deviation.</param>
    public static Tensor Normalize(Image image, Plane<byte>? texture, Mask? inside, Preprocessing preprocessing)
    {
        var channels = preprocessing.Mean.Count;
        var tables = new float[channels][];
        for (var c = 0; c < channels; c++)
            tables[c] = Table(preprocessing.Mean[c], preprocessing.Deviation[c]);
        var pixels = Tensor.Empty([1, image.Height, image.Width, channels]);
        var target = pixels.AsSpan<float>();
        var colors = image.Samples;
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            var isIn = inside is null || inside.Samples[i] != 0;
            for (var c = 0; c < 3; c++)
                target[i * channels + c] = tables[c][isIn ? colors[i * 3 + c] : 0];
            if (texture is not null)
                target[i * channels + 3] = tables[3][texture.Samples[i]];
        }
        return pixels.Permute(0, 3, 1, 2);
    }

    private static float[] Table(double mean, double deviation)
    {
        var table = new float[256];
        for (var v = 0; v < table.Length; v++)
            table[v] = (float)((v / 255.0 - mean) / deviation);
        return table;
    }
}

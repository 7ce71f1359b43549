using Rhytid.Imaging;

namespace Rhytid.Networks;

/// <summary>An image as a network sees it.</summary>
/// <param name="Pixels">(height, width, channels).</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">3 for colour, 4 for colour and texture map.</param>
internal readonly record struct NetworkImage(float[] Pixels, int Height, int Width, int Channels)
{
    /// <summary>Normalises pixels that already have the network's size.</summary>
    /// <param name="image">Colour.</param>
    /// <param name="texture">The texture map for a fourth channel.</param>
    /// <param name="inside">Colour is black elsewhere; null keeps all of it.</param>
    /// <param name="preprocessing">Mean and deviation.</param>
    public static NetworkImage Normalize(
        Image image, Plane<byte>? texture, Mask? inside, Preprocessing preprocessing)
    {
        var channels = preprocessing.Mean.Count;
        var tables = new float[channels][];
        for (var c = 0; c < channels; c++)
            tables[c] = Table(preprocessing.Mean[c], preprocessing.Deviation[c]);
        var target = new float[image.Height * image.Width * channels];
        var colors = image.Samples;
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            var isIn = inside is null || inside.Samples[i] != 0;
            for (var c = 0; c < 3; c++)
                target[i * channels + c] = tables[c][isIn ? colors[i * 3 + c] : 0];
            if (texture is not null)
                target[i * channels + 3] = tables[3][texture.Samples[i]];
        }
        return new NetworkImage(target, image.Height, image.Width, channels);
    }

    private static float[] Table(double mean, double deviation)
    {
        var table = new float[256];
        for (var v = 0; v < table.Length; v++)
            table[v] = (float)((v / 255.0 - mean) / deviation);
        return table;
    }
}

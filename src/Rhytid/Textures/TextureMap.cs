using Rhytid.Imaging;

namespace Rhytid.Textures;

/// <summary>
/// The texture map of a face, which serves as a weak wrinkle label and as a network's fourth channel (Moon, Chung and
/// Jang 2024): <c>T = (1 - I / (1 + G * I)) * 255</c>, bright where a pixel is darker than its surroundings.
/// </summary>
/// <remarks>
/// Published: the formula, kernel 21 x 21 and sigma 5 at 1024 x 1024. From the public generators: grey input rounded to
/// 8 bits, mirrored borders, values limited to 0..255 and truncated, and the mask applied after the blur, so that its
/// edge is not drawn into the map.
/// </remarks>
public static class TextureMap
{
    // Below this many pixels a second thread costs more than it brings.
    private const int PixelsWorthAThread = 128 * 1024;

    /// <summary>The texture map of a picture.</summary>
    /// <param name="gray">Grey levels of the unmasked picture.</param>
    /// <param name="skin">Where the map is kept; 0 elsewhere. Null keeps all of it.</param>
    /// <param name="options">Kernel and rounding.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <returns>Bytes of the picture's size: 0 flat or bright, up to 255 dark line.</returns>
    public static Plane<byte> Compute(Plane<byte> gray, Mask? skin = null, TextureMapOptions? options = null, int threads = 1) =>
        Compute(gray.ToFloat(), skin, options, threads);

    /// <inheritdoc cref="Compute(Plane{byte}, Mask, TextureMapOptions, int)"/>
    public static Plane<byte> Compute(Plane<float> gray, Mask? skin = null, TextureMapOptions? options = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(gray);
        var texture = new Plane<byte>(gray.Width, gray.Height);
        Compute(gray, texture, options, threads);
        if (skin is not null)
            Apply(skin, texture);
        return texture;
    }

    /// <summary>Fills a plane that the caller owns; with one thread nothing is allocated after the first call.</summary>
    public static void Compute(Plane<float> gray, Plane<byte> texture, TextureMapOptions? options = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(gray);
        ArgumentNullException.ThrowIfNull(texture);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        if (texture.Width != gray.Width || texture.Height != gray.Height)
            throw new ArgumentException($"expected {gray.Width} x {gray.Height} pixels, got {texture.Width} x {texture.Height}", nameof(texture));

        options ??= TextureMapOptions.Default;
        var weights = WeightsOf(options);
        var offset = options.Rounding == TextureRounding.Nearest ? 0.5f : 0f;
        threads = (int)Math.Clamp(gray.Samples.Length / PixelsWorthAThread, 1L, threads);
        if (threads == 1)
        {
            TextureKernel.Rows(gray.Samples, gray.Width, gray.Height, 0, gray.Height, weights, offset, texture.Samples);
            return;
        }
        ComputeInBands(gray, texture, weights, offset, threads);
    }

    // A method of its own: the captured variables would otherwise be allocated for one thread too.
    private static void ComputeInBands(Plane<float> gray, Plane<byte> texture, float[] weights, float offset, int threads) =>
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, band => TextureKernel.Rows(gray.Samples, gray.Width, gray.Height,
            gray.Height * band / threads, gray.Height * (band + 1) / threads, weights, offset, texture.Samples));

    private static readonly float[] PublishedWeights = GaussianKernel.Weights(TextureMapOptions.Default.KernelSize, TextureMapOptions.Default.Sigma);

    private static float[] WeightsOf(TextureMapOptions options) =>
        options.KernelSize == TextureMapOptions.Default.KernelSize && options.Sigma == TextureMapOptions.Default.Sigma
            ? PublishedWeights
            : GaussianKernel.Weights(options.KernelSize, options.Sigma);

    private static void Apply(Mask skin, Plane<byte> texture)
    {
        if (skin.Width != texture.Width || skin.Height != texture.Height)
            throw new ArgumentException($"the skin mask has {skin.Width} x {skin.Height} pixels, the picture {texture.Width} x {texture.Height}", nameof(skin));
        System.Numerics.Tensors.TensorPrimitives.BitwiseAnd(texture.Samples, skin.Samples, texture.Samples);
    }
}

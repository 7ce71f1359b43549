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
    public static Plane<byte> Compute(
        Plane<byte> gray, Mask? skin = null, TextureMapOptions? options = null, int threads = 1) =>
        Compute(gray.ToFloat(), skin, options, threads);

    /// <inheritdoc cref="Compute(Plane{byte}, Mask, TextureMapOptions, int)"/>
    public static Plane<byte> Compute(
        Plane<float> gray, Mask? skin = null, TextureMapOptions? options = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(gray);
        var texture = new Plane<byte>(gray.Width, gray.Height);
        Compute(gray, texture, options, threads, skin);
        return texture;
    }

    /// <summary>
    /// Fills a plane that the caller owns; with one thread nothing is allocated after the first call.
    /// </summary>
    /// <param name="gray">Grey levels of the unmasked picture.</param>
    /// <param name="texture">The map, of the same size.</param>
    /// <param name="options">Kernel and rounding.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="skin">Where the map is kept; 0 elsewhere. Null keeps all of it.</param>
    public static void Compute(
        Plane<float> gray, Plane<byte> texture, TextureMapOptions? options = null, int threads = 1, Mask? skin = null)
    {
        ArgumentNullException.ThrowIfNull(gray);
        ArgumentNullException.ThrowIfNull(texture);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        if (texture.Width != gray.Width || texture.Height != gray.Height)
            throw new ArgumentException(
                $"expected {gray.Width} x {gray.Height} pixels, got {texture.Width} x {texture.Height}",
                nameof(texture));
        if (skin is not null && (skin.Width != gray.Width || skin.Height != gray.Height))
            throw new ArgumentException(
                $"the skin mask has {skin.Width} x {skin.Height} pixels, the picture {gray.Width} x {gray.Height}",
                nameof(skin));

        options ??= TextureMapOptions.Default;
        var weights = WeightsOf(options);
        var offset = options.Rounding == TextureRounding.Nearest ? 0.5f : 0f;
        // Above and below the skin the map is 0 anyway.
        var (first, last) = skin is null ? (0, gray.Height) : RowsOf(skin);
        threads = (int)Math.Clamp((long)(last - first) * gray.Width / PixelsWorthAThread, 1L, threads);
        if (threads == 1)
            TextureKernel.Rows(gray.Samples, gray.Width, gray.Height, first, last, weights, offset, texture.Samples);
        else
            ComputeInBands(gray, texture, first, last, weights, offset, threads);
        if (skin is null)
            return;
        texture.Samples[..(first * gray.Width)].Clear();
        texture.Samples[(last * gray.Width)..].Clear();
        var inside = texture.Samples[(first * gray.Width)..(last * gray.Width)];
        System.Numerics.Tensors.TensorPrimitives.BitwiseAnd(
            inside, skin.Samples[(first * gray.Width)..(last * gray.Width)], inside);
    }

    // A method of its own: the captured variables would otherwise be allocated for one thread too.
    private static void ComputeInBands(
        Plane<float> gray, Plane<byte> texture, int first, int last, float[] weights, float offset, int threads) =>
        Parallel.For(
            0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads },
            band => TextureKernel.Rows(gray.Samples, gray.Width, gray.Height,
                first + ((last - first) * band / threads),
                    first + ((last - first) * (band + 1) / threads), weights, offset, texture.Samples));

    private static (int First, int Last) RowsOf(Mask skin)
    {
        var first = skin.Samples.IndexOfAnyExcept((byte)0);
        return first < 0 ? (0, 0) : (first / skin.Width, (skin.Samples.LastIndexOfAnyExcept((byte)0) / skin.Width) + 1);
    }

    private static readonly float[] PublishedWeights = GaussianKernel.Weights(
        TextureMapOptions.Default.KernelSize, TextureMapOptions.Default.Sigma);

    private static float[] WeightsOf(TextureMapOptions options) =>
        options.KernelSize == TextureMapOptions.Default.KernelSize && options.Sigma == TextureMapOptions.Default.Sigma
            ? PublishedWeights
            : GaussianKernel.Weights(options.KernelSize, options.Sigma);
}

/// <summary>How a texture value becomes a byte.</summary>
public enum TextureRounding
{
    /// <summary>Towards zero, as the published weak labels are stored.</summary>
    Truncate,

    /// <summary>To the nearest integer.</summary>
    Nearest,
}

/// <summary>Parameters of the texture map; the defaults are the published ones.</summary>
public sealed record TextureMapOptions
{
    /// <summary>Side in pixels of the pictures for which kernel and sigma were published.</summary>
    public const int PublishedSize = 1024;

    /// <summary>Kernel 21 x 21, sigma 5, truncation.</summary>
    public static TextureMapOptions Default { get; } = new();

    /// <summary>Side of the Gaussian kernel in pixels, odd.</summary>
    public int KernelSize { get; init; } = 21;

    /// <summary>Standard deviation of the Gaussian in pixels.</summary>
    public double Sigma { get; init; } = 5;

    /// <summary>How values are stored.</summary>
    public TextureRounding Rounding { get; init; } = TextureRounding.Truncate;

    /// <summary>
    /// The same blur on the face for a picture of another size: kernel and sigma grow with
    /// <paramref name="longSidePixels"/> / 1024. Off unless asked for: the published kernel does not scale.
    /// </summary>
    public TextureMapOptions ScaledTo(int longSidePixels)
    {
        var scale = (double)longSidePixels / PublishedSize;
        var radius = Math.Max(1, (int)Math.Round(KernelSize / 2 * scale));
        return this with { KernelSize = (2 * radius) + 1, Sigma = Sigma * scale };
    }
}

/// <summary>The one-dimensional weights of a Gaussian, normalised to a sum of 1.</summary>
internal static class GaussianKernel
{
    public static float[] Weights(int size, double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        if (size % 2 == 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "a kernel has an odd side");

        var center = size / 2;
        var weights = new double[size];
        for (var i = 0; i < size; i++)
            weights[i] = Math.Exp(-(i - center) * (i - center) / (2 * sigma * sigma));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => (float)(weight / sum));
    }
}

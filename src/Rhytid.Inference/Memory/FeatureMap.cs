namespace Rhytid.Inference.Memory;

/// <summary>Images in memory that somebody else owns: (images, height, width, channels), without gaps.</summary>
/// <param name="data">The first number.</param>
/// <param name="images">Number of images of one size.</param>
/// <param name="height">Rows of pixels.</param>
/// <param name="width">Columns of pixels.</param>
/// <param name="channels">Numbers per pixel.</param>
internal readonly unsafe struct FeatureMap(float* data, int images, int height, int width, int channels)
{
    private readonly float* _data = data;

    public int Images { get; } = images;

    public int Height { get; } = height;

    public int Width { get; } = width;

    public int Channels { get; } = channels;

    /// <summary>Numbers of one image.</summary>
    public int ImageLength => Height * Width * Channels;

    /// <summary>The pixels of one image.</summary>
    public Span<float> Image(int image) => new(_data + ((long)image * ImageLength), ImageLength);

    /// <summary>A row of the first image.</summary>
    public Span<float> Row(int row) => new(_data + ((long)row * Width * Channels), Width * Channels);
}

using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Leaves the traces of JPEG's lossy part: YCbCr, colour at half size, blocks of 8 x 8, cosine transform, rounding to
/// the steps of the standard's example tables at a quality (ITU-T T.81, annex K, scaled as libjpeg does). Nothing is
/// coded.
/// </summary>
public sealed record JpegCompression : PixelOperation
{
    private const int Block = 8;
    private const int Cell = 2 * Block; // a block of colour at half size

    private static readonly int[] Luminance =
    [
        16,
            11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
            51, 87, 80, 62,
            18,
                22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72,
                92, 95, 98, 112, 100, 103, 99,
            ];

    private static readonly int[] Chrominance =
    [
        17,
            18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
            99, 99, 99, 99,
            99,
                99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99, 99, 99, 99, 99,
            ];

    private static readonly float[] ToYcc =
    [
        0.299f, 0.587f, 0.114f, -0.168736f, -0.331264f, 0.5f, 0.5f, -0.418688f, -0.081312f
    ];
    private static readonly float[] ToRgb = [1, 0, 1.402f, 1, -0.344136f, -0.714136f, 1, 1.772f, 0];

    /// <inheritdoc/>
    public override string Name => "jpeg";

    /// <summary>Lowest quality, 1 to 100.</summary>
    public int MinQuality { get; init; } = 30;

    /// <summary>Highest quality, 1 to 100.</summary>
    public int MaxQuality { get; init; } = 95;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"quality {MinQuality}-{MaxQuality}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random) =>
        Compress(photo, MinQuality + random.Below(MaxQuality - MinQuality + 1));

    /// <param name="photo">(1, 3, H, W), Float32, 0 to 255.</param>
    /// <param name="quality">1 to 100.</param>
    internal static Tensor Compress(Tensor photo, int quality)
    {
        var size = photo.ImageSize();
        var padded = RepeatEdge(photo, Missing(size.Height), Missing(size.Width));
        var full = padded.ImageSize();
        // (1, 3, H, W), Y 0..255, colour about 0
        var ycc = padded.Conv2d(Matrix(ToYcc, photo.Device), null, 1, 0, 1);
        var luminance = Quantize(ycc.Narrow(1, 0, 1) - 128, Table(Luminance, quality)) + 128;
        var colour = ycc.Narrow(1, 1, 2).AvgPool2d(2).Reshape(2, 1, full.Height / 2, full.Width / 2);
        colour = Quantize(colour, Table(Chrominance, quality)).Reshape(1, 2, full.Height / 2, full.Width / 2)
            .Upsample(2, InterpolationMode.Bilinear);
        var rgb = Tensor.Cat([luminance, colour], 1).Conv2d(Matrix(ToRgb, photo.Device), null, 1, 0, 1);
        return rgb.Narrow(2, 0, size.Height).Narrow(3, 0, size.Width).Clamp(0, 255);
    }

    // (N, 1, H, W): every block through the transform, to whole steps and back.
    private static Tensor Quantize(Tensor planes, Tensor steps)
    {
        var (count, height, width) = (planes.Size(0), planes.Size(2), planes.Size(3));
        var transform = Cosines().To(planes.Device);
        steps = steps.To(planes.Device);
        // (N, h, w, 8, 8)
        var blocks = planes.Reshape(count, height / Block, Block, width / Block, Block).Permute(0, 1, 3, 2, 4);
        var coefficients = transform.MatMul(blocks).MatMul(transform.Transpose(0, 1));
        coefficients = (coefficients / steps).Round() * steps;
        return transform
            .Transpose(0, 1)
            .MatMul(coefficients)
            .MatMul(transform)
            .Permute(0, 1, 3, 2, 4)
            .Reshape(count, 1, height, width);
    }

    private static Tensor Cosines()
    {
        var values = new float[Block * Block];
        for (var k = 0; k < Block; k++)
            for (var n = 0; n < Block; n++)
                values[(k * Block) + n] =
                    (float)(Math.Sqrt((k == 0 ? 1.0 : 2.0) / Block)
                        * Math.Cos(Math.PI * ((2 * n) + 1) * k / (2.0 * Block)));
        return Tensor.From(values, Block, Block);
    }

    private static Tensor Table(int[] table, int quality)
    {
        var scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        return Tensor.From(
            Array.ConvertAll(table, step => (float)Math.Clamp(((step * scale) + 50) / 100, 1, 255)), Block, Block);
    }

    private static Tensor Matrix(float[] values, Device device) => Tensor.From(values, 3, 3, 1, 1).To(device);

    private static long Missing(long length) => (Cell - (length % Cell)) % Cell;

    private static Tensor RepeatEdge(Tensor photo, long rows, long columns)
    {
        if (rows > 0)
            photo = Tensor.Cat([photo, .. Enumerable.Repeat(photo.Narrow(2, photo.Size(2) - 1, 1), (int)rows)], 2);
        if (columns > 0)
            photo = Tensor.Cat([photo, .. Enumerable.Repeat(photo.Narrow(3, photo.Size(3) - 1, 1), (int)columns)], 3);
        return photo;
    }
}

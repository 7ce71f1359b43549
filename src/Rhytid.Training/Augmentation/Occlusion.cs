using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Lays flat shapes over the face, as hands, masks, phones and microphones do: what they cover is background for a
/// parser, and no skin and no wrinkle.
/// </summary>
public sealed record Occlusion : AugmentationOperation
{
    /// <inheritdoc/>
    public override string Name => "occlusion";

    /// <summary>Most shapes on one face; from 1 on, each number is as likely.</summary>
    public int MaxShapes { get; init; } = 2;

    /// <summary>Smallest half axis of a shape, as a share of the picture's side.</summary>
    public double MinRadius { get; init; } = 0.05;

    /// <summary>Largest half axis of a shape, as a share of the picture's side.</summary>
    public double MaxRadius { get; init; } = 0.3;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"1-{MaxShapes} shapes, radius {100 * MinRadius:0.#}-{100 * MaxRadius:0.#} %");

    /// <summary>Covers parts of one sample.</summary>
    /// <param name="sample">A batch of one, Float32.</param>
    /// <param name="random">What shapes are drawn from.</param>
    internal TrainingBatch Apply(TrainingBatch sample, ref SeededRandom random)
    {
        for (var left = 1 + random.Below(MaxShapes); left > 0; left--)
            sample = Cover(sample, ref random);
        return sample;
    }

    private TrainingBatch Cover(TrainingBatch sample, ref SeededRandom random)
    {
        var (height, width) = ((int)sample.Photo.Size(2), (int)sample.Photo.Size(3));
        // (1, 1, H, W), 0 where the shape lies
        var open = Open(width, height, ref random).To(sample.Photo.Device);
        var color = Tensor.From([random.Range(0, 255), random.Range(0, 255), random.Range(0, 255)], 1, 3, 1, 1)
            .To(sample.Photo.Device);
        var shade = random.Range(-0.4f, 0.4f);
        var down = Tensor.Arange(height, DType.Float32, sample.Photo.Device).View(1, 1, height, 1) * (shade / height)
            + 1;
        return sample with
        {
            Maps = sample.Maps.Map((channel, map) => channel.Info().Values switch
            {
                ChannelValues.Color => (map * open) + ((1 - open) * (color * down).Clamp(0, 255)),
                ChannelValues.Level or ChannelValues.Line or ChannelValues.Flag or ChannelValues.Part => map * open,
                ChannelValues.Region => map,
                var values => throw Channels.Unknown(values),
            }),
        };
    }

    // An ellipse, or a rectangle, turned by any angle.
    private Tensor Open(int width, int height, ref SeededRandom random)
    {
        var (centerX, centerY) = (random.Unit() * width, random.Unit() * height);
        var side = Math.Min(width, height);
        var (a, b) =
            (side * random.Range((float)MinRadius, (float)MaxRadius),
                side * random.Range((float)MinRadius, (float)MaxRadius));
        var (sin, cos) = MathF.SinCos(MathF.PI * random.Unit());
        var isEllipse = random.Chance(0.5f);
        var open = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (x - centerX, y - centerY);
                var (u, v) = (MathF.Abs((dx * cos) + (dy * sin)) / a, MathF.Abs((dy * cos) - (dx * sin)) / b);
                open[(y * width) + x] = (isEllipse ? (u * u) + (v * v) <= 1 : Math.Max(u, v) <= 1) ? 0 : 1;
            }
        }
        return Tensor.From(open, 1, 1, height, width);
    }
}

using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Thresholded texture map, <c>texture-threshold</c>: the trivial baseline.</summary>
/// <remarks>
/// Not published as a method. The texture map is the weak label of Moon, Chung, Jang (2024): how much darker a pixel is
/// than its surroundings. Ours: surroundings taken over skin only, and the linking and line shape of the other methods,
/// so that a comparison shows what an oriented filter adds.
/// </remarks>
public sealed class TextureThresholdSegmenter : ClassicalSegmenter
{
    private readonly TextureThresholdOptions _options;

    /// <summary>With the given or the default options.</summary>
    public TextureThresholdSegmenter(TextureThresholdOptions? options = null) => _options = options ?? new();

    /// <inheritdoc/>
    public override string Name => "texture-threshold";

    private protected override LineMap Segment(WorkingFace face, CancellationToken cancellationToken)
    {
        // T = (1 - gray / (mean + 1)) * 255, clipped at 0; Flatten gives 128 * gray / (mean + 1).
        var texture = SkinMean.Flatten(face.Gray, face.Skin, _options.SigmaPixels)
            .GaussianBlur(_options.SmoothingSigmaPixels);
        var values = texture.Samples;
        for (var i = 0; i < values.Length; i++)
            values[i] = MathF.Max(0, 255 * (1 - (values[i] / SkinMean.FlatGray)));

        cancellationToken.ThrowIfCancellationRequested();
        var response = ContrastGain.Normalize(texture, face.Skin, _options.WindowPixels, _options.Floor);
        return LineMap.Linked(
            face, response, _options.StrongRatio / ContrastGain.FullScale, _options.WeakRatio / ContrastGain.FullScale,
            new LineFilter { MinLengthPixels = _options.MinLengthPixels, PenRadiusPixels = _options.PenRadiusPixels });
    }
}

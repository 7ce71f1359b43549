using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>The three small pictures of a sample: photo, texture map, and photo with what is drawn on it.</summary>
/// <param name="Photo">The photo, or null.</param>
/// <param name="Texture">The texture map, or null.</param>
/// <param name="Overlay">The photo with its wrinkles; without a mask with its skin.</param>
/// <param name="Caption">Id and share of wrinkle pixels.</param>
internal sealed record PreviewPanels(Image? Photo, Image? Texture, Image? Overlay, string Caption)
{
    // Lines of one or two pixels keep a trace of coverage when shrunk; raised, they can be seen.
    private const float LineGain = 3;

    // Most of a texture map lies below 64.
    private const int TextureGain = 3;

    /// <exception cref="ImageException">A file cannot be read.</exception>
    /// <exception cref="DatasetException">The files do not belong together.</exception>
    public static PreviewPanels Create(
        WrinkleDataset dataset, WrinkleSample sample, PreviewOptions options, CancellationToken cancellationToken)
    {
        var photo = sample[Channel.Photo] is null ? null : SampleFiles.LoadPhoto(sample);
        var truth = sample[Channel.Wrinkles] is null ? null : dataset.LoadMask(sample);
        var scored = SampleFiles.LoadScoredRegion(sample);
        if (truth is not null && scored is not null && (truth.Width, truth.Height) != (scored.Width, scored.Height))
            throw new DatasetException(
                $"{sample[Channel.ScoredRegion]}: has {scored.Width} x {scored.Height} pixels, the mask {truth.Width} x {truth.Height}");
        var skin = photo is null ? null : options.Skin?.Find(sample, photo.Width, photo.Height, cancellationToken);

        var (width, height) = photo is not null
            ? (photo.Width, photo.Height)
            : truth is not null ? (truth.Width, truth.Height) : (1, 1);
        var scale = (double)options.Size / Math.Max(width, height);
        (width, height) = (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));

        var small = photo?.Resize(width, height);
        return new PreviewPanels(
            small, TextureOf(sample, photo, skin)?.Resize(width, height).ToImage(),
            OverlayOf(small, truth, scored, skin, width, height), CaptionOf(sample, truth, scored));
    }

    private static Plane<byte>? TextureOf(WrinkleSample sample, Image? photo, Mask? skin)
    {
        var texture = SampleFiles.LoadTexture(sample)
            ?? (photo is null ? null : TextureMap.Compute(photo.ToGray(), skin));
        if (texture is not null)
            foreach (ref var level in texture.Samples)
                level = (byte)Math.Min(byte.MaxValue, level * TextureGain);
        return texture;
    }

    private static Image? OverlayOf(Image? photo, Mask? truth, Mask? scored, Mask? skin, int width, int height)
    {
        if (truth is null && skin is null)
            return null;
        var overlay = photo?.Clone() ?? new Image(width, height);
        if (truth is not null)
            overlay.Blend(CoverageOf(truth, width, height), PreviewStyle.Truth, opacity: 1, LineGain);
        else
            overlay.Blend(CoverageOf(skin!, width, height), PreviewStyle.Skin, PreviewStyle.SkinOpacity);
        // Lines that do not count are dimmed too.
        if (scored is not null)
            overlay.Blend(CoverageOf(scored.Invert(), width, height), new Rgb(0, 0, 0), 1 - PreviewStyle.Dimmed);
        return overlay;
    }

    private static Plane<byte> CoverageOf(Mask mask, int width, int height) => mask.AsPlane().Resize(width, height);

    private static string CaptionOf(WrinkleSample sample, Mask? truth, Mask? scored)
    {
        if (truth is null)
            return $"{sample.Id}  no mask";
        var counts = ClassCounts.Count(truth, scored);
        return counts.Wrinkle == 0
            ? $"{sample.Id}  empty mask"
            : string.Create(CultureInfo.InvariantCulture, $"{sample.Id}  {100 * counts.WrinkleShare:0.00} %");
    }
}

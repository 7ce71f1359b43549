using System.Drawing;
using System.Numerics;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;
using Rhytid.Training.Batches;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Says which square patches of training samples are learned from, most of them with wrinkles: less than one pixel in a
/// hundred is one, and most patches drawn anywhere hold none.
/// </summary>
/// <param name="size">Side of a patch in pixels.</param>
/// <param name="wrinkleShare">
/// How often a patch is laid around a wrinkle pixel that counts, 0 to 1; such a pixel lies in its middle, to within a
/// pixel or two where the sample is resampled, except near the picture's edge. The other patches, and all of a sample
/// without wrinkles, lie anywhere.
/// </param>
/// <param name="seed">The run's seed; a patch follows from it, the epoch, the sample's id and the patch's number
/// alone.</param>
public sealed class PatchSampler(int size, double wrinkleShare, int seed)
{
    // A stream of its own beside the augmentation's operations.
    private const string Purpose = "patch";

    // Augmentation may move a wrinkle out of the picture; another one is tried then.
    private const int Tries = 8;

    /// <summary>Side of a patch in pixels.</summary>
    public int Size { get; } = size;

    /// <summary>Cuts patches out of every sample of a batch that is not augmented.</summary>
    /// <param name="batch">It stays as it is.</param>
    /// <param name="epoch">Each epoch draws anew.</param>
    /// <param name="perSample">Patches of each sample, one after the other in the result.</param>
    /// <returns>(N x perSample, C, size, size) of each kind, Float32, the ids repeated.</returns>
    /// <exception cref="ArgumentException">The pictures are smaller than a patch.</exception>
    public TrainingBatch Cut(TrainingBatch batch, int epoch, int perSample = 1) =>
        Augmenter.Nothing.Apply(batch, epoch, this, perSample);

    /// <summary>Where the patches of a sample lie in its augmented picture.</summary>
    /// <param name="epoch">Each epoch draws anew.</param>
    /// <param name="id">The sample.</param>
    /// <param name="perSample">How many.</param>
    /// <param name="wrinkles">Pixels of the picture as it was, row by row, that are wrinkle and count.</param>
    /// <param name="picture">The picture's size.</param>
    /// <param name="move">What augmentation does to it.</param>
    internal List<Rectangle> Places(int epoch, string id, int perSample, int[] wrinkles, Size2 picture, SampleMove move)
    {
        var (right, bottom) = ((int)picture.Width - Size, (int)picture.Height - Size);
        if (right < 0 || bottom < 0)
            throw new ArgumentException(
                $"a patch of {Size} pixels does not fit into pictures of {picture.Width} x {picture.Height}");
        var draws = new AugmentationSeed(seed, epoch, id);
        var places = new List<Rectangle>();
        for (var number = 0; number < perSample; number++)
        {
            var random = draws.For($"{Purpose} {number}");
            var middle = random.Chance((float)wrinkleShare)
                ? Wrinkle(wrinkles, (int)picture.Width, move, ref random)
                : null;
            var (left, top) = middle is { } wrinkle
                ? (Math.Clamp(wrinkle.X - (Size / 2), 0, right), Math.Clamp(wrinkle.Y - (Size / 2), 0, bottom))
                : (random.Below(right + 1), random.Below(bottom + 1));
            places.Add(new Rectangle(left, top, Size, Size));
        }
        return places;
    }

    /// <summary>The pixels that are wrinkle and count, soft labels from a half up.</summary>
    /// <param name="mask">Rows of a mask.</param>
    /// <param name="scored">Where pixels count, not 0; empty for everywhere.</param>
    internal static int[] WrinklePixels<TMask, TScored>(ReadOnlySpan<TMask> mask, ReadOnlySpan<TScored> scored)
        where TMask : unmanaged, INumberBase<TMask>
        where TScored : unmanaged, INumberBase<TScored>
    {
        var pixels = new List<int>();
        for (var i = 0; i < mask.Length; i++)
            if (float.CreateTruncating(mask[i]) >= 0.5f && (scored.IsEmpty || !TScored.IsZero(scored[i])))
                pixels.Add(i);
        return [.. pixels];
    }

    private static Point? Wrinkle(int[] wrinkles, int width, SampleMove move, ref SeededRandom random)
    {
        for (var i = 0; i < Tries && wrinkles.Length > 0; i++)
        {
            var (y, x) = Math.DivRem(wrinkles[random.Below(wrinkles.Length)], width);
            if (move.Find(new Point(x, y)) is { } found)
                return found;
        }
        return null;
    }
}

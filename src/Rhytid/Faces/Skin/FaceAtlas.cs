using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Shipped;

namespace Rhytid.Faces.Skin;

/// <summary>
/// A probabilistic atlas of the aligned face: for each place the share of faces that have skin, hair, lips ... there.
/// </summary>
/// <remarks>
/// Means of parsing labels, 64 x 64 places, made symmetric; Atlas/README.md tells the sources. The seven tiles lie
/// below each other in the picture, in the order of <see cref="FaceClass"/>; 255 = every face.
/// </remarks>
internal sealed class FaceAtlas
{
    /// <summary>How many classes the atlas knows: all of <see cref="FaceClass"/> but the covering.</summary>
    public const int ClassCount = 7;

    // Nothing is impossible anywhere: hair may hang and hands or things may be before any part of a face.
    private const float OcclusionProbability = 0.004f;
    private const float LeastProbability = 1e-5f;

    private const int TileSize = 64;

    private static readonly Lazy<FaceAtlas> Labels = new(
        () => new FaceAtlas(new MemoryStream(ShippedModels.Default.Read(ShippedModels.FaceAtlas))),
        LazyThreadSafetyMode.PublicationOnly);

    private static readonly Lazy<FaceAtlas> Drawn = new(
        () => new FaceAtlas(
            typeof(FaceAtlas).Assembly.GetManifestResourceStream("Rhytid.Faces.Skin.drawn-atlas.png")!));

    private readonly Plane<float>[] _tiles;

    private FaceAtlas(Stream picture)
    {
        using (picture)
            _tiles = LoadTiles(picture);
    }

    /// <summary>The atlas of a source, loaded once.</summary>
    /// <exception cref="Inference.Serialization.CheckpointException">The atlas of labels is not installed.</exception>
    public static FaceAtlas From(AtlasSource source) => source switch
    {
        AtlasSource.Labels => Labels.Value,
        AtlasSource.Drawn => Drawn.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such atlas"),
    };

    /// <summary>
    /// Prior probabilities of the atlas classes on a grid over the crop; they sum to 1 at each place.
    /// </summary>
    /// <param name="gridSize">Side of the grid in places.</param>
    /// <param name="pose">Where the face lies in the crop.</param>
    public float[][] Priors(int gridSize, AtlasPose pose)
    {
        var priors = Shares(gridSize, pose);
        var sums = new float[gridSize * gridSize];
        for (var c = 0; c < priors.Length; c++)
        {
            var occlusion = (FaceClass)c is FaceClass.Hair or FaceClass.Background ? OcclusionProbability : 0;
            var prior = priors[c];
            for (var i = 0; i < prior.Length; i++)
            {
                prior[i] = Math.Max(prior[i] + occlusion, LeastProbability);
                sums[i] += prior[i];
            }
        }
        foreach (var prior in priors)
            for (var i = 0; i < prior.Length; i++)
                prior[i] /= sums[i];
        return priors;
    }

    private float[][] Shares(int gridSize, AtlasPose pose)
    {
        var gridToTile = Matrix3x2.CreateTranslation(-gridSize * (0.5f + pose.ShiftX), -gridSize * (0.5f + pose.ShiftY))
            * Matrix3x2.CreateScale(TileSize / (gridSize * pose.ScaleX), TileSize / (gridSize * pose.ScaleY))
            * Matrix3x2.CreateTranslation(TileSize / 2f, TileSize / 2f);
        return Array.ConvertAll(_tiles,
            tile => tile.Warp(
                gridSize, gridSize, gridToTile, Interpolation.Linear, BorderMode.Replicate).Samples.ToArray());
    }

    private static Plane<float>[] LoadTiles(Stream picture)
    {
        var levels = Image.Load(picture).Channel(0).ToFloat();
        var tiles = new Plane<float>[ClassCount];
        for (var c = 0; c < ClassCount; c++)
        {
            tiles[c] = Plane<float>.FromPixels(
                levels.Samples.Slice(c * TileSize * TileSize, TileSize * TileSize), TileSize, TileSize);
            foreach (ref var share in tiles[c].Samples)
                share /= byte.MaxValue;
        }
        return tiles;
    }
}

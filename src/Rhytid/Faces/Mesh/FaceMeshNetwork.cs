using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Inference;
using Rhytid.Inference.Serialization;
using Rhytid.Shipped;

namespace Rhytid.Faces.Mesh;

/// <summary>
/// MediaPipe's face mesh network: 192 x 192 pixels in, 468 points and a score out. Safe to use from many threads.
/// </summary>
/// <remarks>
/// The network wants the face upright in the middle of its picture. The first look is at a square around eyes and
/// mouth, each further one at the square around the points of the one before, until the points stay where they are.
/// Each look is the mean of the picture's points and the mirrored picture's, mirrored back: the network alone is up to
/// 9 % of the eye distance askew.
/// </remarks>
public sealed class FaceMeshNetwork : IFaceMeshProvider, IDisposable
{
    /// <summary>Below this score there is no face.</summary>
    public const float MinScore = 0.5f;

    // Looks until eyes and mouth move by less than this share of the eye distance.
    private const float AtRest = 0.002f;
    private const int MostLooks = 12;

    // The network counts from the first pixel's centre. Measured: without this, eyes and lips lie 0.8 pixels left of
    // and 0.5 above hand-drawn ones (58 faces of CelebAMask-HQ), and by as much apart from those of the mirrored face.
    private static readonly Vector3 HalfPixel = new(0.5f, 0.5f, 0);

    private const int Size = FaceMeshLayers.Size;
    private const int ImageLength = Size * Size * 3;

    private readonly InferenceNetwork _network;

    private FaceMeshNetwork(InferenceNetwork network) => _network = network;

    /// <summary>The network that ships with Rhytid.</summary>
    /// <exception cref="CheckpointException">The file is missing or changed.</exception>
    public static FaceMeshNetwork LoadShipped()
    {
        var path = ShippedModels.Default.PathOf(ShippedModels.FaceMesh);
        using var file = SafetensorsFile.Open(path);
        // One thread each, because two pictures are looked at side by side.
        return new FaceMeshNetwork(
            CheckpointException.Guard(
                path, () => FaceMeshLayers.Create(new NetworkWeights(file.Tensors), threads: 1)));
    }

    /// <inheritdoc/>
    public FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        var crop = FaceMeshCrop.FromLandmarks(face.Landmarks);
        FaceMesh? before = null;
        for (var look = 1; ; look++)
        {
            var mesh = Look(face, crop, cancellationToken);
            if (mesh.Score < MinScore)
                return null;
            if (before is not null && (look == MostLooks || Moved(before, mesh) < AtRest))
                return Mean(before, mesh);
            crop = FaceMeshCrop.FromMesh(mesh);
            before = mesh;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private static float Moved(FaceMesh before, FaceMesh now)
    {
        var (a, b) = (before.ToLandmarks(), now.ToLandmarks());
        var most = Math.Max(Math.Max(Vector2.Distance(a.LeftEye, b.LeftEye), Vector2.Distance(a.RightEye, b.RightEye)),
            Math.Max(Vector2.Distance(a.LeftMouth, b.LeftMouth), Vector2.Distance(a.RightMouth, b.RightMouth)));
        return most / b.EyeDistancePixels;
    }

    private static FaceMesh Mean(FaceMesh a, FaceMesh b)
    {
        var points = new Vector3[FaceMesh.PointCount];
        for (var i = 0; i < points.Length; i++)
            points[i] = new Vector3((a.Points[i] + b.Points[i]) / 2, (a.Depths[i] + b.Depths[i]) / 2);
        return new FaceMesh(points) { Score = (a.Score + b.Score) / 2 };
    }

    private FaceMesh Look(FaceImage face, FaceMeshCrop crop, CancellationToken cancellationToken)
    {
        var image = crop.Cut(face, Size);
        var twin = Task.Run(() => Run(image, isMirrored: true, cancellationToken), cancellationToken);
        var (points, score) = Run(image, isMirrored: false, cancellationToken);
        var (mirrored, mirroredScore) = twin.GetAwaiter().GetResult();
        var mean = new Vector3[FaceMesh.PointCount];
        for (var i = 0; i < mean.Length; i++)
        {
            var opposite = mirrored[FaceMeshRegions.Mirrored(i)];
            mean[i] = (points[i] + opposite with { X = Size - opposite.X }) / 2;
        }
        return new FaceMesh(mean) { Score = (score + mirroredScore) / 2 }.Transform(crop.ToFace(Size));
    }

    // One run of the network; a score of 0 where a damaged weight made numbers that are none: that is no face either.
    private (Vector3[] Points, float Score) Run(Image image, bool isMirrored, CancellationToken cancellationToken)
    {
        var input = new float[ImageLength];
        for (var y = 0; y < Size; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < Size; x++)
                for (var channel = 0; channel < 3; channel++)
                    input[(3 * ((y * Size) + x)) + channel] = row[(3 * (isMirrored ? Size - 1 - x : x)) + channel]
                        / 255f;
        }
        var outputs = _network.RunAll(input, Size, Size, cancellationToken);
        var coordinates = outputs[0];
        var points = new Vector3[FaceMesh.PointCount];
        for (var i = 0; i < points.Length; i++)
            points[i] = new Vector3(coordinates.AsSpan(3 * i, 3)) + HalfPixel;
        var score = 1 / (1 + MathF.Exp(-outputs[1][0]));
        var isSound = Array.TrueForAll(coordinates, float.IsFinite) && float.IsFinite(score);
        return (points, isSound ? score : 0);
    }
}

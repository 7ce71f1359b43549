using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Faces.Parsing;

/// <summary>
/// Finds facial skin by a face parser: what it names skin or nose, without strands, crumbs and the
/// holes that deep wrinkles leave, and without the eyes, brows, lips and nostrils of the face's mesh.
/// </summary>
/// <param name="parser">The network.</param>
/// <param name="ownsParser">Whether the network is disposed with this.</param>
public sealed class ParsedSkinMask(FaceParser parser, bool ownsParser = false) : ISkinMaskProvider, IDisposable
{
    /// <summary>The classes that are skin in the order of BiSeNet: skin and nose.</summary>
    public static IReadOnlyCollection<int> SkinClasses { get; } = [1, 10];

    // What a wrinkle is never taken for: it may be a hole in the skin, these are none.
    private static readonly int[] Features = [2, 3, 4, 5, 6, 11, 12, 13]; // brows, eyes, glasses, mouth, lips

    private const float Threshold = 0.5f;

    /// <inheritdoc/>
    public Mask Find(FaceImage face, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        var parts = parser.Probabilities(face.Image, [SkinClasses, Features], cancellationToken)
            .Select(
                part => Mask.Where(
                    part.Resize(face.Width, face.Height, Interpolation.Linear),
                    probability => probability > Threshold)).ToArray();
        if (parts[0].Count() == 0)
            return parts[0];
        var skin = SkinMaskCleaning.Clean(
            parts[0], excluded: parts[1], (float)Math.Max(face.Width, face.Height) / AtlasCrop.Size);
        return face.Mesh is { } mesh ? skin.Except(mesh.Fill(MeshParts.NotSkin, face.Width, face.Height)) : skin;
    }

    /// <inheritdoc cref="FaceParser.WarmUp"/>
    internal void WarmUp() => parser.WarmUp();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsParser)
            parser.Dispose();
    }
}

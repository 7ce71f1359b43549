using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Segmentation;

/// <summary>Which weights a network has.</summary>
/// <param name="File">File name, without a folder.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hexadecimal.</param>
public sealed record WeightsFile(string File, string Sha256);

/// <summary>
/// One way to find wrinkles on an aligned face: a filter or a network. Implementations are safe to use from many
/// threads.
/// </summary>
public interface IWrinkleSegmenter
{
    /// <summary>The name on the command line and in reports, such as <c>gabor</c>.</summary>
    string Name { get; }

    /// <summary>The file that a network was loaded from, or null.</summary>
    WeightsFile? Weights => null;

    /// <summary>One plain sentence about results that should not be trusted, or null.</summary>
    string? Warning => null;

    /// <summary>Looks for wrinkles.</summary>
    /// <param name="face">The aligned face.</param>
    /// <param name="skin">Where wrinkles may be, of the face image's size.</param>
    /// <param name="cancellationToken">Looked at between the steps of the work.</param>
    /// <returns>A map of the face image's size, zero outside <paramref name="skin"/>.</returns>
    WrinkleMap Segment(FaceImage face, Mask skin, CancellationToken cancellationToken = default);
}

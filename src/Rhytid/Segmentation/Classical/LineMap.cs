using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>A filter's response, with the linking of lines that turns it into a mask.</summary>
internal sealed class LineMap : WrinkleMap
{
    private readonly Func<float, WrinkleMask> _decide;

    /// <param name="face">The face as the filter saw it.</param>
    /// <param name="response">0 to 1, of the working size.</param>
    /// <param name="defaultThreshold">The tuned strong threshold.</param>
    /// <param name="decide">From a strong threshold to a mask of the face image's size.</param>
    public LineMap(WorkingFace face, Plane<float> response, float defaultThreshold, Func<float, WrinkleMask> decide)
        : base(face.Enlarge(response), defaultThreshold) => _decide = decide;

    /// <summary>The plain way of linking: hysteresis, then the shape of each component.</summary>
    public static LineMap Linked(
        WorkingFace face, Plane<float> response, float strong, float weak, LineFilter filter) =>
        new(face, response, strong, threshold =>
        {
            var support = Hysteresis.Link(response, face.Searched, threshold, threshold * weak / strong);
            return new WrinkleMask(face.Enlarge(filter.Draw(support, face.Flat)));
        });

    /// <inheritdoc/>
    public override WrinkleMask ToMask(float? threshold = null) =>
        _decide(threshold ?? DefaultThreshold) with { IsDrawn = true };
}

namespace Rhytid.Faces.Skin;

/// <summary>How the atlas is moved and stretched to fit one face, about the middle of the crop.</summary>
/// <param name="ShiftX">To the right, in shares of the crop's side.</param>
/// <param name="ShiftY">Down, in shares of the crop's side.</param>
/// <param name="ScaleX">1 = the mean face's width.</param>
/// <param name="ScaleY">1 = the mean face's height.</param>
internal readonly record struct AtlasPose(float ShiftX, float ShiftY, float ScaleX, float ScaleY)
{
    /// <summary>The mean face.</summary>
    public static AtlasPose Mean { get; } = new(0, 0, 1, 1);
}

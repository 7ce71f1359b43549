using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Imaging.Detection;

namespace Rhytid.Faces.Detection;

/// <summary>
/// YuNet (Wu, Peng and Yu 2023): anchor-free, one prediction per cell of three grids. Input BGR 0..255; the score is
/// the geometric mean of class and object score; boxes are centre offset and log size in cells; five landmarks.
/// </summary>
internal sealed class YuNet : IDetectorFamily
{
    private static readonly int[] Strides = [8, 16, 32];

    // The five points in the order of the model: eye, eye, nose, mouth, mouth; each pair left of the picture first.
    private const int LeftEye = 0;
    private const int RightEye = 1;
    private const int LeftMouth = 3;
    private const int RightMouth = 4;

    public const int Side = FaceSearch.InputSide;

    public static IReadOnlyList<string> Outputs { get; } =
    [
        .. Strides.SelectMany(stride => new[] { $"cls_{stride}", $"obj_{stride}", $"bbox_{stride}", $"kps_{stride}" })
    ];

    public bool FindsLandmarks => true;

    public IEnumerable<DetectedFace> Detect(OnnxNetwork network, Image photo, float minScore)
    {
        var scale = Math.Min((float)Side / photo.Width, (float)Side / photo.Height);
        var outputs = network.Run(Letterboxed(photo, scale), Side, Side, bgr: true)
            .ToDictionary(output => output.Name, output => output.Values);
        foreach (var stride in Strides)
        {
            var columns = Side / stride;
            var (cls, obj, box, points) =
                (outputs[$"cls_{stride}"], outputs[$"obj_{stride}"], outputs[$"bbox_{stride}"],
                    outputs[$"kps_{stride}"]);
            if (cls.Length != columns * columns)
                throw new ImageException($"this YuNet model is not for {Side} x {Side} pixels");
            for (var i = 0; i < cls.Length; i++)
            {
                var score = MathF.Sqrt(Math.Clamp(cls[i], 0, 1) * Math.Clamp(obj[i], 0, 1));
                if (score < minScore)
                    continue;
                var cell = new Vector2(i % columns, i / columns);
                var toPhoto = stride / scale;
                var center = (cell + new Vector2(box[4 * i], box[(4 * i) + 1])) * toPhoto;
                var size = new Vector2(MathF.Exp(box[(4 * i) + 2]), MathF.Exp(box[(4 * i) + 3])) * toPhoto;
                var landmarks = new FaceLandmarks(Point(LeftEye), Point(RightEye), Point(LeftMouth), Point(RightMouth));
                yield return new DetectedFace(
                    new RectangleF(center.X - (size.X / 2), center.Y - (size.Y / 2), size.X, size.Y), landmarks, score);

                Vector2 Point(int index) =>
                    (cell + new Vector2(points[(10 * i) + (2 * index)], points[(10 * i) + (2 * index) + 1])) * toPhoto;
            }
        }
    }

    // Shrunk with its proportions into the upper left of the square; the rest stays black.
    private static Image Letterboxed(Image photo, float scale)
    {
        if (photo.Width == Side && photo.Height == Side)
            return photo;
        var fitted = photo.Resize(
            Math.Clamp((int)MathF.Round(photo.Width * scale), 1, Side),
            Math.Clamp((int)MathF.Round(photo.Height * scale), 1, Side));
        var square = new Image(Side, Side);
        for (var y = 0; y < fitted.Height; y++)
            fitted.Row(y).CopyTo(square.Row(y));
        return square;
    }
}

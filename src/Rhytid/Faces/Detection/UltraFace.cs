using System.Drawing;
using Rhytid.Imaging;
using Rhytid.Imaging.Detection;

namespace Rhytid.Faces.Detection;

/// <summary>
/// UltraFace ("Ultra-Light-Fast-Generic-Face-Detector", Linzaer 2019): boxes as shares of the picture and two scores
/// (background, face). Input RGB, (value - 127) / 128, stretched to 320 x 240.
/// </summary>
internal sealed class UltraFace : IDetectorFamily
{
    private const int Width = 320;
    private const int Height = 240;

    public static IReadOnlyList<string> Outputs { get; } = ["boxes", "scores"];

    public bool FindsLandmarks => false;

    public IEnumerable<DetectedFace> Detect(OnnxNetwork network, Image photo, float minScore)
    {
        var outputs = network.Run(photo, Width, Height, mean: 127, scale: 1 / 128.0)
            .ToDictionary(output => output.Name, output => output.Values);
        var (boxes, scores) = (outputs["boxes"], outputs["scores"]);
        if (boxes.Length != 2 * scores.Length)
            throw new ImageException("this UltraFace model has outputs of unexpected sizes");
        for (var i = 0; i < scores.Length / 2; i++)
        {
            var score = scores[(2 * i) + 1];
            if (score < minScore)
                continue;
            var box = RectangleF.FromLTRB(boxes[4 * i] * photo.Width, boxes[(4 * i) + 1] * photo.Height,
                boxes[(4 * i) + 2] * photo.Width, boxes[(4 * i) + 3] * photo.Height);
            yield return new DetectedFace(box, FaceProportions.FromBox(FaceProportions.HaarBoxOf(box)), score);
        }
    }
}

// Arguments: the graph, an aligned face, the map to write.
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;

using var face = Cv2.ImRead(args[1]).CvtColor(ColorConversionCodes.BGR2RGB)
    .Resize(new Size(512, 512), interpolation: InterpolationFlags.Area);
face.GetArray(out Vec3b[] pixels);
using var session = new InferenceSession(args[0]);
using var image = OrtValue.CreateTensorValueFromMemory(
    pixels.SelectMany(pixel => new[] { pixel.Item0, pixel.Item1, pixel.Item2 }).ToArray(), [1, 512, 512, 3]);
using var results = session.Run(new RunOptions(), ["image"], [image], ["probabilities"]);
var map = Array.ConvertAll(results[0].GetTensorDataAsSpan<float>().ToArray(), p => (byte)(255 * p));
Cv2.ImWrite(args[2], Mat.FromPixelData(512, 512, MatType.CV_8UC1, map));

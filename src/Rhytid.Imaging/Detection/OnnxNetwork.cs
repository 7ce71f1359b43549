using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace Rhytid.Imaging.Detection;

/// <summary>One output of a network.</summary>
/// <param name="Name">As the model file calls it.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Row-major.</param>
public sealed record NetworkOutput(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>
/// An ONNX network run by OpenCV's dnn module: fixed input sizes only. Safe to use from many threads.
/// </summary>
public sealed class OnnxNetwork : IDisposable
{
    // A network keeps what lies between its layers: one call at a time.
    private readonly Lock _oneAtATime = new();
    private readonly Net _network;
    private readonly string[] _outputNames;

    /// <summary>Reads a model from the bytes of an ONNX file.</summary>
    /// <exception cref="ImageException">OpenCV cannot load it; the message says why.</exception>
    public OnnxNetwork(ReadOnlySpan<byte> onnx)
    {
        var bytes = onnx.ToArray();
        (_network, _outputNames) = Try("load this ONNX model", () =>
        {
            if (bytes.Length == 0)
                throw new ImageException("an empty file");
            var network = Net.ReadNetFromONNX(bytes) ?? throw new ImageException("not an ONNX network");
            return (network, network.GetUnconnectedOutLayersNames().OfType<string>().ToArray());
        });
    }

    /// <summary>What the model's outputs are called.</summary>
    public IReadOnlyList<string> OutputNames => _outputNames;

    /// <summary>
    /// Runs the network on one picture, resized to the input size; a channel becomes (value - mean) * scale.
    /// </summary>
    /// <exception cref="ImageException">The network does not take this input.</exception>
    public IReadOnlyList<NetworkOutput> Run(
        Image image, int width, int height, double mean = 0, double scale = 1, bool bgr = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        var outputs = Array.ConvertAll(_outputNames, _ => new Mat());
        try
        {
            return Try($"run this ONNX model on {width} x {height} pixels", () =>
            {
                using var pixels = image.AsMat();
                using var blob = CvDnn.BlobFromImage(
                    pixels, scale, new Size(width, height), new Scalar(mean, mean, mean), swapRB: bgr, crop: false);
                lock (_oneAtATime)
                {
                    _network.SetInput(blob);
                    _network.Forward(outputs, _outputNames);
                    return outputs.Select((output, i) => Read(_outputNames[i], output)).ToArray();
                }
            });
        }
        finally
        {
            GC.KeepAlive(image);
            foreach (var output in outputs)
                output.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private static NetworkOutput Read(string name, Mat output)
    {
        if (output.Depth() != MatType.CV_32F || !output.IsContinuous())
            throw new ImageException("an output is not a plain float array");
        var values = new float[output.Total() * output.Channels()];
        System.Runtime.InteropServices.Marshal.Copy(output.Data, values, 0, values.Length);
        return new NetworkOutput(name, [.. Enumerable.Range(0, output.Dims).Select(output.Size)], values);
    }

    // OpenCV's parser speaks of its own source files; the beginning is enough to look a problem up.
    private static T Try<T>(string what, Func<T> work)
    {
        const int Longest = 90;
        try
        {
            return OpenCv.Run(work);
        }
        catch (ImageException error)
        {
            var line = error.Message.Length <= Longest ? error.Message : error.Message[..Longest] + "...";
            throw new ImageException($"OpenCV {VisionInfo.OpenCvVersion} cannot {what} ({line})", error);
        }
    }
}

using System.Runtime.InteropServices;
using Rhytid.Imaging.Native;

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
    private readonly NetworkHandle _handle;

    /// <summary>Reads a model from the bytes of an ONNX file.</summary>
    /// <exception cref="ImageException">OpenCV cannot load it; the message says why.</exception>
    public OnnxNetwork(ReadOnlySpan<byte> onnx)
    {
        try
        {
            _handle = NetworkHandle.Load(onnx);
            OutputNames = [.. ReadOutputNames()];
        }
        catch (VisionException error)
        {
            throw new ImageException(
                $"OpenCV {VisionInfo.OpenCvVersion} cannot load this ONNX model ({FirstLine(error.Message)})", error);
        }
    }

    /// <summary>What the model's outputs are called.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>
    /// Runs the network on one picture, resized to the input size; a channel becomes (value - mean) * scale.
    /// </summary>
    /// <exception cref="ImageException">The network does not take this input.</exception>
    public unsafe IReadOnlyList<NetworkOutput> Run(
        Image image, int width, int height, double mean = 0, double scale = 1, bool bgr = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        double[] means = [mean, mean, mean];
        nint outputs;
        int count;
        try
        {
            fixed (double* m = means)
                Vision.Check(
                    VisionLibrary.rv_network_run(
                        _handle, image.View, width, height, m, scale, bgr ? 1 : 0, out outputs, out count));
        }
        catch (VisionException error)
        {
            throw new ImageException(
                $"OpenCV {VisionInfo.OpenCvVersion} cannot run this ONNX model on {width} x {height} pixels ({FirstLine(error.Message)})",
                error);
        }
        GC.KeepAlive(image);
        try
        {
            var result = new NetworkOutput[count];
            for (var i = 0; i < count; i++)
                result[i] = Read(outputs, i);
            return result;
        }
        finally
        {
            VisionLibrary.rv_outputs_free(outputs);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private unsafe List<string> ReadOutputNames()
    {
        var names = new List<string>();
        while (true)
        {
            Vision.Check(VisionLibrary.rv_network_output_name(_handle, names.Count, out var name));
            if (name is null)
                return names;
            names.Add(Marshal.PtrToStringUTF8((nint)name)!);
        }
    }

    private static unsafe NetworkOutput Read(nint outputs, int index)
    {
        var shape = new int[8];
        byte* name;
        int dimensions;
        float* data;
        fixed (int* s = shape)
            Vision.Check(VisionLibrary.rv_outputs_get(outputs, index, out name, out dimensions, s, out data));
        var count = 1;
        for (var i = 0; i < dimensions; i++)
            count *= shape[i];
        return new NetworkOutput(
            Marshal.PtrToStringUTF8((nint)name) ?? "", shape[..dimensions],
            new ReadOnlySpan<float>(data, count).ToArray());
    }

    // OpenCV's parser speaks of its own source files; the beginning is enough to look a problem up.
    private static string FirstLine(string message)
    {
        const int Longest = 90;
        var line = message.Trim().TrimStart('>', ' ').Split('\n')[0];
        return line.Length <= Longest ? line : line[..Longest] + "...";
    }
}

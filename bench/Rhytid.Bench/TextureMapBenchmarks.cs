using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Rhytid.Imaging;
using Rhytid.Textures;

namespace Rhytid.Bench;

/// <summary>
/// The texture map (grey float in, byte out) beside OpenCV doing the same job, and beside OpenCV's blur alone.
/// </summary>
[MemoryDiagnoser]
public class TextureMapBenchmarks
{
    private Plane<float> _gray = null!;
    private Plane<byte> _texture = null!;
    private Plane<float> _blurred = null!;

    [Params(512, 1024)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        VisionInfo.SetThreads(1);
        var random = new Random(1);
        _gray = new Plane<float>(Side, Side);
        foreach (ref var value in _gray.Samples)
            value = random.Next(256);
        _texture = new Plane<byte>(Side, Side);
        _blurred = new Plane<float>(Side, Side);
    }

    [Benchmark]
    public void Rhytid() => TextureMap.Compute(_gray, _texture);

    [Benchmark(Baseline = true)]
    public void OpenCvBlurAlone() => _gray.GaussianBlur(_blurred, 5, 21);

    [Benchmark]
    public void OpenCvBlurThenFormula()
    {
        _gray.GaussianBlur(_blurred, 5, 21);
        TensorPrimitives.Add(_blurred.Samples, 1f, _blurred.Samples);
        TensorPrimitives.Divide(_gray.Samples, _blurred.Samples, _blurred.Samples);
        TensorPrimitives.Subtract(1f, _blurred.Samples, _blurred.Samples);
        TensorPrimitives.Multiply(_blurred.Samples, 255f, _blurred.Samples);
        TensorPrimitives.ConvertSaturating<float, byte>(_blurred.Samples, _texture.Samples);
    }
}

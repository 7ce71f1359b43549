using BenchmarkDotNet.Attributes;
using Rhytid.Imaging;
using Rhytid.Textures;

namespace Rhytid.Bench;

/// <summary>The texture map (grey float in, byte out) beside OpenCV doing the same job, and beside OpenCV's blur alone.</summary>
[MemoryDiagnoser]
public class TextureMapBenchmarks
{
    private Plane<float> _gray = null!;
    private Plane<byte> _texture = null!;

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
    }

    [Benchmark]
    public void Rhytid() => TextureMap.Compute(_gray, _texture);

    [Benchmark(Baseline = true)]
    public Plane<float> OpenCvBlurAlone() => _gray.GaussianBlur(5, 21);

    [Benchmark]
    public void OpenCvBlurThenFormula()
    {
        var blurred = _gray.GaussianBlur(5, 21);
        System.Numerics.Tensors.TensorPrimitives.Add(blurred.Samples, 1f, blurred.Samples);
        System.Numerics.Tensors.TensorPrimitives.Divide(_gray.Samples, blurred.Samples, blurred.Samples);
        System.Numerics.Tensors.TensorPrimitives.Subtract(1f, blurred.Samples, blurred.Samples);
        System.Numerics.Tensors.TensorPrimitives.Multiply(blurred.Samples, 255f, blurred.Samples);
        System.Numerics.Tensors.TensorPrimitives.ConvertSaturating<float, byte>(blurred.Samples, _texture.Samples);
    }
}

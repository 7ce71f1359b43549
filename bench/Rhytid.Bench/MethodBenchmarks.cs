using BenchmarkDotNet.Attributes;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Bench;

/// <summary>Every method on one aligned face of 1024 pixels, map and mask, one thread.</summary>
[MemoryDiagnoser]
public class MethodBenchmarks
{
    private FaceImage _face = null!;
    private Mask _skin = null!;
    private IWrinkleSegmenter _method = null!;

    [ParamsSource(nameof(Methods))]
    public string Filter { get; set; } = "";

    public static IEnumerable<string> Methods => ClassicalMethods.Names;

    [GlobalSetup]
    public void Setup()
    {
        VisionInfo.SetThreads(1);
        (_face, _skin) = Subject.Make();
        _method = ClassicalMethods.Create(Filter);
    }

    [Benchmark]
    public WrinkleMask MapAndMask() => _method.Segment(_face, _skin).ToMask();
}

/// <summary>The other steps on the way from a photo to numbers, one thread.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private Image _photo = null!;
    private FaceImage _face = null!;
    private HaarFaceDetector _detector = null!;
    private WrinkleSegmenter _segmenter = null!;
    private readonly SkinColorModel _skin = new();

    [GlobalSetup]
    public void Setup()
    {
        VisionInfo.SetThreads(1);
        _photo = Subject.Photo();
        (_face, _) = Subject.Make();
        _detector = new HaarFaceDetector();
        _segmenter = WrinkleSegmenter.Load();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _detector.Dispose();
        _segmenter.Dispose();
    }

    [Benchmark]
    public object DetectFaces() => _detector.Detect(_photo);

    [Benchmark]
    public Mask FindSkin() => _skin.Find(_face);

    [Benchmark]
    public SegmentationResult WholePhoto() => _segmenter.Segment(_photo);
}

/// <summary>A drawn portrait, so that nobody's photo is needed.</summary>
internal static class Subject
{
    public static Image Photo() => PortraitSynthesizer.Draw(new PortraitOptions { Seed = 7, Age = 68 }).Image;

    public static (FaceImage Face, Mask Skin) Make()
    {
        var portrait = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 7, Age = 68 });
        var face = Faces.FaceAlignment.Cut(portrait.Image, portrait.Landmarks);
        return (face, new SkinColorModel().Find(face));
    }
}

using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>The classical methods by name.</summary>
public static class ClassicalMethods
{
    /// <summary>The default method.</summary>
    public const string Default = "texture-threshold";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default];

    /// <summary>Makes a method with its default options.</summary>
    public static IWrinkleSegmenter Create(string name) => new Placeholder(name);

    private sealed class Placeholder(string name) : IWrinkleSegmenter
    {
        public string Name => name;

        public WrinkleMap Segment(FaceImage face, Mask skin, CancellationToken cancellationToken = default)
        {
            var t = Textures.TextureMap.Compute(face.Gray, skin);
            var v = t.ToFloat();
            System.Numerics.Tensors.TensorPrimitives.Divide(v.Samples, 255f, v.Samples);
            return new WrinkleMap(v, 0.08f);
        }
    }
}

using Rhytid.Inference;
using Rhytid.Inference.Serialization;
using Rhytid.Shipped;

namespace Rhytid.Tests.Networks;

/// <summary>The face mesh network against the execution of MediaPipe's TFLite file, in pixels of its input.</summary>
public class FaceMeshLayersTests
{
    private const int Side = FaceMeshLayers.Size;

    // Made once by running face_landmark.tflite operator by operator on libtorch.
    private static readonly (int Number, float Value)[] Expected =
    [
        (0, 90.177f), (1, 133.31955f), (2, -4.705602f), (300, 75.71682f), (301, 99.34661f), (302, -1.6581666f),
        (702, 53.49782f), (703, 85.79358f), (704, 43.011963f), (1401, 128.06421f), (1402, 76.714935f),
        (1403, -6.3305855f),
    ];

    [Fact]
    public void Equals_the_TFLite_file()
    {
        using var file = SafetensorsFile.Open(ShippedModels.Default.PathOf(ShippedModels.FaceMesh));
        using var network = FaceMeshLayers.Create(new NetworkWeights(file.Tensors));
        var input = new float[Side * Side * 3];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                for (var c = 0; c < 3; c++)
                    input[(((y * Side) + x) * 3) + c] =
                        0.5f + (0.4f * MathF.Sin(0.05f * (y + c)) * MathF.Cos(0.04f * x));

        var outputs = network.RunAll(input, Side, Side);

        Assert.Equal(3 * 468, outputs[0].Length);
        foreach (var (number, value) in Expected)
            Assert.Equal(value, outputs[0][number], 1e-3);
        Assert.Equal(93742.3789, outputs[0].Sum(value => (double)value), 0.05);
        Assert.Equal(-5.916379f, Assert.Single(outputs[1]), 1e-4);
    }
}

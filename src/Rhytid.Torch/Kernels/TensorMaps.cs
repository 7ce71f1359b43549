using System.Runtime.InteropServices;
using Rhytid.Inference.Memory;

namespace Rhytid.Torch.Kernels;

/// <summary>Tensors as the kernels read them.</summary>
internal static unsafe class TensorMaps
{
    /// <summary>The pixels of an (N, H, W, C) tensor in order; valid while the tensor lives.</summary>
    public static FeatureMap Pixels(Tensor tensor)
    {
        var shape = tensor.Shape;
        return new FeatureMap(
            Pointer(tensor), (int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
    }

    /// <summary>
    /// (N, c, H, W) maps, Float32 on the processor; channels-last without a copy. The memory belongs to the current
    /// scope.
    /// </summary>
    public static FeatureMap[] Read(ReadOnlySpan<Tensor> maps)
    {
        var pixels = new FeatureMap[maps.Length];
        for (var i = 0; i < maps.Length; i++)
            pixels[i] = Pixels(maps[i].Permute(0, 2, 3, 1).Contiguous());
        return pixels;
    }

    /// <summary>The first number of a contiguous tensor.</summary>
    public static float* Pointer(Tensor tensor) =>
        (float*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.AsSpan<float>()));
}

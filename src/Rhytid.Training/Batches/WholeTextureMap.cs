using Rhytid.Imaging;
using Rhytid.Textures;
using Rhytid.Torch;

namespace Rhytid.Training.Batches;

/// <summary>
/// Texture maps of whole photos, from the pixels that the network sees: after augmentation, so that a blurred photo has
/// a blurred map, as it has at inference. Needs no OpenCV, and gives what inference computes.
/// </summary>
internal static class WholeTextureMap
{
    // OpenCV's weights of red, green and blue, in units of 1 / 2^15.
    private const int Red = 9798;
    private const int Green = 19235;
    private const int Blue = 3735;
    private const int Shift = 15;

    /// <param name="photos">(N, 3, H, W), 0 to 255; rounded to whole levels first.</param>
    /// <returns>(N, 1, H, W), Float32, 0 to 255, on the photos' device.</returns>
    public static Tensor Compute(Tensor photos)
    {
        var (count, height, width) = ((int)photos.Size(0), (int)photos.Size(2), (int)photos.Size(3));
        var levels = photos.To(Device.Cpu).To(DType.Float32).Contiguous().AsSpan<float>();
        var maps = Tensor.Empty([count, 1, height, width]);
        var values = maps.AsSpan<float>();
        var area = width * height;
        var gray = new Plane<float>(width, height);
        var map = new Plane<byte>(width, height);
        for (var i = 0; i < count; i++)
        {
            var photo = levels.Slice(3 * i * area, 3 * area);
            for (var p = 0; p < area; p++)
                gray.Samples[p] =
                    ((Level(photo[p]) * Red) + (Level(photo[area + p]) * Green) + (Level(photo[(2 * area) + p]) * Blue)
                        + (1 << (Shift - 1))) >> Shift;
            TextureMap.Compute(gray, map);
            System.Numerics.Tensors.TensorPrimitives.ConvertChecked<byte, float>(
                map.Samples, values.Slice(i * area, area));
        }
        return maps.To(photos.Device);
    }

    private static int Level(float value) => (int)(Math.Clamp(value, 0, 255) + 0.5f);
}

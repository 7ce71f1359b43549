using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// BiSeNet's context path: the deep maps of a ResNet-18, weighed, and brought up to 1/8 of the image's size.
/// </summary>
internal sealed class ContextPath : Module
{
    private readonly ResNetEncoder _resnet;
    private readonly ConvBatchNorm _global;
    private readonly AttentionRefinement _refine32;
    private readonly AttentionRefinement _refine16;
    private readonly ConvBatchNorm _head32;
    private readonly ConvBatchNorm _head16;

    public ContextPath(ParameterPath path, int inChannels, int w)
        : base(path)
    {
        _resnet = new ResNetEncoder(
            path / "resnet", ResNetLayout.ResNet18, inChannels, w, BiSeNetConvolution.Initializer);
        _global = BiSeNetConvolution.Create(path / "conv_avg", 8 * w, 2 * w, kernel: 1);
        _refine32 = new AttentionRefinement(path / "arm32", 8 * w, 2 * w);
        _head32 = BiSeNetConvolution.Create(path / "conv_head32", 2 * w, 2 * w, kernel: 3);
        _refine16 = new AttentionRefinement(path / "arm16", 4 * w, 2 * w);
        _head16 = BiSeNetConvolution.Create(path / "conv_head16", 2 * w, 2 * w, kernel: 3);
    }

    public IReadOnlyList<ParameterPath[]> EncoderStages => _resnet.Stages;

    /// <param name="images">(N, in, H, W).</param>
    /// <returns>The encoder's 1/8 map and the refined ones: (N, 2w, H/8, W/8) twice, (N, 2w, H/16, W/16).</returns>
    public (Tensor F8, Tensor C8, Tensor C16) Forward(Tensor images)
    {
        using var scope = TensorScope.Begin();
        var maps = _resnet.Forward(images);
        var (f8, f16, f32) = (maps[2], maps[3], maps[4]);                    // (N, 2w, ...), (N, 4w, ...), (N, 8w, ...)
        var global = _global.Forward(f32.Mean([2, 3], keepDimensions: true)); // (N, 2w, 1, 1), the same for every pixel
        var s32 = _refine32.Forward(f32) + global;                           // (N, 2w, H/32, W/32)
        var c16 = _head32.Forward(Nearest(s32, f16));                        // (N, 2w, H/16, W/16)
        var s16 = _refine16.Forward(f16) + c16;                              // (N, 2w, H/16, W/16)
        var c8 = _head16.Forward(Nearest(s16, f8));                          // (N, 2w, H/8, W/8)
        return (scope.MoveOut(f8), scope.MoveOut(c8), scope.MoveOut(c16));
    }

    // Twice the size, or one pixel less where the finer map's size is odd.
    private static Tensor Nearest(Tensor features, Tensor finer) =>
        features.Interpolate(finer.ImageSize(), InterpolationMode.Nearest);
}

using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// A residual network without its classifier, as one map of halving size for the stem and each of its layers.
/// </summary>
internal sealed class ResNetEncoder : Module
{
    private readonly ConvBatchNorm _stem;
    private readonly Sequential[] _layers;

    /// <summary>
    /// Builds the encoder under the names of the public checkpoints: <c>conv1, bn1, layer{1..4}.{block}</c>.
    /// </summary>
    public ResNetEncoder(
        ParameterPath path, ResNetLayout layout, int inChannels, int width, Initializer? initializer = null)
        : this(path / "conv1", path / "bn1", number => path / $"layer{number}", layout, inChannels, width, initializer)
    {
    }

    /// <param name="conv">Where the first convolution's parameters are.</param>
    /// <param name="norm">Where its normalisation's are.</param>
    /// <param name="layer">Where the blocks of layer 1 to 4 are.</param>
    /// <param name="layout">Which residual network.</param>
    /// <param name="inChannels">Channels of the images.</param>
    /// <param name="width">Channels after the first convolution; 64 as published.</param>
    /// <param name="initializer">Starting values of the kernels; He et al.'s for residual networks unless
    /// given.</param>
    public ResNetEncoder(
        ParameterPath conv,
            ParameterPath norm, Func<int, ParameterPath> layer, ResNetLayout layout, int inChannels, int width,
            Initializer? initializer = null)
        : base(conv)
    {
        initializer ??= Initializers.KaimingNormal(fanOut: true);
        Widths = layout.Widths(width);
        _stem = new ConvBatchNorm(conv, norm, inChannels, width, kernel: 7, stride: 2, initializer: initializer);
        Stages = [[conv, norm], .. layout.Blocks.Select((_, i) => new[] { layer(i + 1) })];
        _layers = new Sequential[layout.Blocks.Length];
        for (var i = 0; i < _layers.Length; i++)
        {
            var (channels, previous) = (width << i, Widths[i]);
            var blocks = new Layer[layout.Blocks[i]];
            for (var j = 0; j < blocks.Length; j++)
            {
                var (path, stride) = (layer(i + 1) / j, i > 0 && j == 0 ? 2 : 1);
                blocks[j] = layout.Bottleneck
                    ? new Bottleneck(
                        path, previous, channels * layout.Widening, Widths[i + 1], stride, layout.Groups, initializer)
                    : new BasicBlock(path, previous, Widths[i + 1], stride, initializer);
                previous = Widths[i + 1];
            }
            _layers[i] = new Sequential(layer(i + 1), blocks);
        }
    }

    /// <summary>Where the parameters of the stem and of each layer are.</summary>
    public IReadOnlyList<ParameterPath[]> Stages { get; }

    /// <summary>Channels of the maps, the finest first: five for a whole residual network.</summary>
    public int[] Widths { get; }

    /// <param name="images">(N, in, H, W).</param>
    /// <returns>(N, Widths[i], H / 2^(i+1), W / 2^(i+1)), sizes rounded up.</returns>
    public IReadOnlyList<Tensor> Forward(Tensor images)
    {
        List<Tensor> maps = [_stem.Forward(images)];
        var features = maps[0].MaxPool2d(3, stride: 2, padding: 1); // (N, w, H/4, W/4)
        foreach (var layer in _layers)
            maps.Add(features = layer.Forward(features));
        return maps;
    }
}

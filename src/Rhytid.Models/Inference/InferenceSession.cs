using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>A trained network made ready for speed. One warm session serves many threads.</summary>
/// <remarks>
/// Batch normalisations are folded into convolutions, images are channels-last, weights are converted once, pictures
/// that are too large are computed in overlapping tiles. Cancellation is seen between layers.
/// </remarks>
public sealed class InferenceSession : IDisposable
{
    // Every network here halves its picture four times or more.
    private const int TileMultiple = 16;

    // How far a network sees, in pixels of its coarsest map: three double convolutions there and on the way up, or a
    // ResNet's stages.
    private const int FieldOfView = 32;

    private readonly Network _network;
    private readonly InferenceSettings _settings;
    private readonly int _tileMultiple;
    private readonly int _tileOverlap;

    /// <summary>Takes over a network; it cannot be trained or saved any more.</summary>
    /// <param name="network">The network; disposed with the session.</param>
    /// <param name="settings">Precision, device, tiles.</param>
    public InferenceSession(Network network, InferenceSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _settings = settings ?? new InferenceSettings();
        ArgumentOutOfRangeException.ThrowIfLessThan(
            _settings.TileSize, Math.Max(TileMultiple, network.SizeMultiple), nameof(settings));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            _settings.TileSize, InferenceSettings.LargestTile, nameof(settings));
        _tileMultiple = Math.Max(TileMultiple, network.SizeMultiple);
        _tileOverlap = _settings.TileOverlap ?? Math.Min(FieldOfView * _tileMultiple, _settings.TileSize / 2);
        if (_tileOverlap < 0 || _tileOverlap >= _settings.TileSize)
            throw new ArgumentException(
                $"the overlap of tiles lies between 0 and their size ({_settings.TileSize}), not {_tileOverlap}",
                nameof(settings));
        Precision = _settings.Precision.Resolve(_settings.Device);
        var type = Precision == Precision.Bf16 ? DType.BFloat16 : DType.Float32;
        network.Parameters.To(_settings.Device);
        network.Parameters.Optimize(new InferenceOptions(type, ChannelsLast: true, _settings.FastConvolutions));
    }

    /// <summary>The precision that is used.</summary>
    public Precision Precision { get; }

    /// <summary>Channels that <see cref="Run"/> takes.</summary>
    public int InChannels => _network.Options.InChannels;

    /// <summary>Channels of the logits.</summary>
    public int OutChannels => _network.Options.OutChannels;

    /// <summary>Computes the logits of images of any size.</summary>
    /// <param name="images">(N, InChannels, H, W), Float32.</param>
    /// <param name="cancellation">Looked at between layers.</param>
    /// <returns>(N, OutChannels, H, W), Float32, on the processor; the caller's to dispose.</returns>
    public Tensor Run(Tensor images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = TensorScope.Begin(cancellation);
        using var mode = Autograd.Inference();
        var size = images.ImageSize();
        var needsTiles = size.Height > _settings.TileSize || size.Width > _settings.TileSize;
        return scope.MoveOut(needsTiles ? RunInTiles(images) : RunPadded(images));
    }

    /// <summary>
    /// Runs the network once on an empty picture of the smallest size, so that the first picture does not wait for
    /// code to be compiled and kernels to be chosen.
    /// </summary>
    /// <param name="cancellation">Looked at between layers.</param>
    public void WarmUp(CancellationToken cancellation = default)
    {
        using var scope = TensorScope.Begin(cancellation);
        Run(Tensor.Zeros([1, InChannels, 2 * _tileMultiple, 2 * _tileMultiple]), cancellation);
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private Tensor RunInTiles(Tensor images)
    {
        using var scope = TensorScope.Begin();
        var size = images.ImageSize();
        var logits = Tiles.Run(
            Padding.ToMultiple(images, _tileMultiple),
                _settings.TileSize / _tileMultiple * _tileMultiple, _tileOverlap, _tileMultiple, OutChannels,
                RunPadded);
        return scope.MoveOut(logits[.., .., ..(int)size.Height, ..(int)size.Width].Contiguous());
    }

    // Sizes that the network does not take are padded at the right and bottom and cropped back.
    private Tensor RunPadded(Tensor images)
    {
        using var scope = TensorScope.Begin();
        var size = images.ImageSize();
        var padded = Padding.ToFit(images, _network);
        var input = padded.To(_settings.Device);
        var logits = _network.Forward(input).To(Device.Cpu);
        return scope.MoveOut(logits[.., .., ..(int)size.Height, ..(int)size.Width].Contiguous());
    }
}

using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>A whole network: images in, logits out. Owns its parameters.</summary>
public abstract class Network : Module, IDisposable
{
    private InferenceOptions? _inference;

    /// <summary>Starts a network in an empty store.</summary>
    /// <param name="store">Takes the parameters; disposed with the network.</param>
    /// <param name="options">Channels and choices, kept for the checkpoint's metadata.</param>
    /// <param name="sizeMultiple">Height and width of the input must be multiples of this.</param>
    /// <param name="leastSize">Height and width of the input must be at least this.</param>
    protected Network(ParameterStore store, ModelOptions options, int sizeMultiple = 1, int leastSize = 1)
        : base(Rooted(store))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.OutChannels, 1);
        Options = options;
        SizeMultiple = sizeMultiple;
        LeastSize = Math.Max(leastSize, sizeMultiple);
    }

    /// <summary>How the network was built.</summary>
    public ModelOptions Options { get; }

    /// <summary>Height and width of the input must be multiples of this; 1 where any size is handled.</summary>
    public int SizeMultiple { get; }

    /// <summary>Height and width of the input must be at least this.</summary>
    public int LeastSize { get; }

    /// <summary>
    /// Parameters and buffers; also where training and evaluation are chosen and evaluation is prepared.
    /// </summary>
    public ParameterStore Parameters => Path.Store;

    /// <summary>Computes the logits.</summary>
    /// <param name="images">(N, InChannels, H, W).</param>
    /// <returns>(N, OutChannels, H, W), without an activation.</returns>
    /// <exception cref="ArgumentException">The shape does not fit; the message says what would.</exception>
    public Tensor Forward(Tensor images)
    {
        Check(images);
        using var scope = TensorScope.Begin();
        return scope.MoveOut(Finish(Compute(Prepare(images))));
    }

    /// <summary>
    /// Computes the logits of the main head and, where the architecture has them, of its side heads for training.
    /// </summary>
    /// <param name="images">(N, InChannels, H, W).</param>
    /// <returns>One (N, OutChannels, H, W) for each head, the main one first.</returns>
    public IReadOnlyList<Tensor> ForwardHeads(Tensor images)
    {
        Check(images);
        using var scope = TensorScope.Begin();
        return [.. ComputeHeads(Prepare(images)).Select(head => scope.MoveOut(Finish(head)))];
    }

    /// <summary>Excludes stages of the encoder from training; their batch normalisation keeps its statistics.</summary>
    /// <exception cref="ArgumentException">The network has no encoder in stages, and some are to be frozen.</exception>
    public void FreezeEncoder(EncoderFreezing parts)
    {
        if (EncoderStages.Count == 0 && parts != EncoderFreezing.None)
            throw new ArgumentException("it has no ResNet or Swin encoder whose stages could be frozen", nameof(parts));
        var trained = parts switch
        {
            EncoderFreezing.None => EncoderStages.Count,
            EncoderFreezing.AllButLastTwo => 2,
            _ => 0,
        };
        for (var i = 0; i < EncoderStages.Count; i++)
        {
            var isTrained = i >= EncoderStages.Count - trained;
            foreach (var entry in
                Parameters.Parameters.Where(entry => EncoderStages[i].Any(path => path.Holds(entry.Name))))
                entry.Tensor.RequiresGrad = isTrained;
        }
    }

    /// <summary>Frees the parameters.</summary>
    public void Dispose()
    {
        Path.Store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The computation itself.</summary>
    protected abstract Tensor Compute(Tensor images);

    /// <summary>The computation with side heads; the main head alone where there are none.</summary>
    protected virtual IReadOnlyList<Tensor> ComputeHeads(Tensor images) => [Compute(images)];

    /// <summary>
    /// Where the parameters of a pre-trained encoder's stages are, stem first; empty without such an encoder.
    /// </summary>
    private protected virtual IReadOnlyList<ParameterPath[]> EncoderStages => [];

    /// <summary>The width asked for, or the published one.</summary>
    /// <param name="options">The caller's choices.</param>
    /// <param name="published">The width of the publication.</param>
    /// <param name="multiple">What the width must be a multiple of, so that all widths made of it are whole.</param>
    /// <exception cref="ArgumentException">The width is no such multiple.</exception>
    protected static int WidthOf(ModelOptions options, int published, int multiple = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        var width = options.Width ?? published;
        return width > 0 && width % multiple == 0
            ? width
            : throw new ArgumentException(
                $"the width is a positive multiple of {multiple}, not {width}", nameof(options));
    }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options) => _inference = options;

    private static ParameterPath Rooted(ParameterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.Root;
    }

    private void Check(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var shape = images.Shape;
        if (shape.Length != 4 || shape[1] != Options.InChannels || shape[0] < 1 || shape[2] < 1 || shape[3] < 1)
            throw new ArgumentException(
                $"the network takes (N, {Options.InChannels}, H, W), not ({string.Join(", ", shape)})", nameof(images));
        if (Math.Min(shape[2], shape[3]) < LeastSize && SizeMultiple == 1)
            throw new ArgumentException(
                $"the network takes sizes of at least {LeastSize}: {shape[2]}x{shape[3]} is too small (height x width)",
                nameof(images));
        if (shape[2] % SizeMultiple != 0 || shape[3] % SizeMultiple != 0)
            throw new ArgumentException(
                $"the network takes sizes that are multiples of {SizeMultiple}: pad {shape[2]}x{shape[3]} to {RoundUp(shape[2])}x{RoundUp(shape[3])} (height x width)", nameof(images));
    }

    private Tensor Prepare(Tensor images) => _inference is null
        ? images
        : images.To(_inference.Type)
            .Contiguous(_inference.ChannelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);

    // Scores and thresholds are computed in single precision, whatever the network computed in.
    private Tensor Finish(Tensor logits) => _inference is null ? logits : logits.To(DType.Float32);

    private long RoundUp(long size) => (size + SizeMultiple - 1) / SizeMultiple * SizeMultiple;
}

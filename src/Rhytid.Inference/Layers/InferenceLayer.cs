using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Layers;

/// <summary>One step of a network: maps in, a map out.</summary>
/// <param name="inputs">Numbers of the maps that it reads; 0 is the image.</param>
/// <param name="channels">Channels of the map that it makes.</param>
internal abstract class InferenceLayer(int[] inputs, int channels) : IDisposable
{
    /// <summary>Numbers of the maps that it reads.</summary>
    public int[] Inputs { get; } = inputs;

    /// <summary>Channels of the map that it makes.</summary>
    public int Channels { get; } = channels;

    /// <summary>Size of the map that it makes.</summary>
    /// <param name="inputs">Sizes of the maps that it reads, all the same unless the layer says otherwise.</param>
    public virtual MapSize SizeFor(ReadOnlySpan<MapSize> inputs) => inputs[0];

    /// <summary>How the map is shared among threads: by rows, unless the layer says otherwise.</summary>
    public virtual Blocks BlocksFor(FeatureMap[] inputs, FeatureMap output, int threads) =>
        Blocks.OfRows(output.Height, threads);

    /// <summary>Computes a part of the map. All blocks together overwrite it whole.</summary>
    /// <param name="inputs">One image each.</param>
    /// <param name="output">One image.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="cancellation">Looked at where a block may take long.</param>
    public abstract void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation);

    /// <summary>Frees the weights.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>Size of a map in pixels.</summary>
internal readonly record struct MapSize(int Height, int Width);

using System.Collections.Concurrent;
using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference;

/// <summary>
/// A trained network in managed code, in single precision. Safe to use from many threads; the numbers are the same for
/// any number of threads.
/// </summary>
/// <remarks>
/// Where each map lies is planned once for every size of image. Images are computed at the same time as far as there
/// are processors for them, each with a block of memory that is kept for the next; others wait.
/// </remarks>
public sealed unsafe class InferenceNetwork : IPixelNetwork
{
    // A caller that comes with ever new sizes must not fill the memory with plans.
    internal const int MostPlans = 16;

    private readonly InferenceLayer[] _layers;
    private readonly SizeRule _size;
    private readonly int[] _outputs;
    private readonly int[] _channels;
    private readonly ConcurrentDictionary<MapSize, NetworkPlan> _plans = new();
    private readonly ConcurrentBag<NetworkMemory> _memory = [];
    private readonly SemaphoreSlim _turns;
    private bool _disposed;

    internal InferenceNetwork(
        IReadOnlyList<InferenceLayer> layers, int inChannels, SizeRule size, int[] outputs, int? threads)
    {
        Threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1, nameof(threads));
        _turns = new SemaphoreSlim(Math.Max(1, Environment.ProcessorCount / Threads));
        (_layers, _size, _outputs, InChannels) = ([.. layers], size, outputs, inChannels);
        _channels = [inChannels, .. layers.Select(layer => layer.Channels)];
    }

    /// <inheritdoc/>
    public int InChannels { get; }

    /// <inheritdoc/>
    public int OutChannels => _channels[_outputs[0]];

    /// <summary>Threads that work on one image.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public void Run(
        ReadOnlySpan<float> pixels, int height, int width, Span<float> output,
        CancellationToken cancellationToken = default)
    {
        if (_outputs.Length != 1)
            throw new InvalidOperationException($"the network has {_outputs.Length} outputs");
        using var run = Compute(pixels, height, width, cancellationToken);
        ImageBorder.Crop(run.Maps[_outputs[0]], height, width, output);
    }

    /// <summary>Runs a network of several outputs on an image of a size that it takes as it is.</summary>
    /// <param name="pixels">(height, width, <see cref="InChannels"/>).</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="cancellationToken">Looked at before every layer and inside long ones.</param>
    /// <returns>The outputs, (height, width, channels) each.</returns>
    internal float[][] RunAll(
        ReadOnlySpan<float> pixels, int height, int width, CancellationToken cancellationToken = default)
    {
        using var run = Compute(pixels, height, width, cancellationToken);
        var results = new float[_outputs.Length][];
        for (var i = 0; i < results.Length; i++)
            results[i] = run.Maps[_outputs[i]].Image(0).ToArray();
        return results;
    }

    /// <summary>Frees weights and memory. No run may go on.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        while (_memory.TryTake(out var buffer))
            buffer.Dispose();
        foreach (var layer in _layers)
            layer.Dispose();
        _turns.Dispose();
    }

    // Computes all maps. Memory of a run that fails or is cancelled is left to the garbage collector.
    private ComputedMaps Compute(ReadOnlySpan<float> pixels, int height, int width, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (pixels.Length != (long)height * width * InChannels)
            throw new ArgumentException(
                $"{height} x {width} pixels of {InChannels} channels are not {pixels.Length} numbers", nameof(pixels));
        _turns.Wait(cancellation);
        try
        {
            var plan = PlanFor(new MapSize(_size.Fit(height), _size.Fit(width)));
            if (!_memory.TryTake(out var memory))
                memory = new NetworkMemory(_layers);
            var (maps, jobs) = memory.ViewOf(plan);
            ImageBorder.Fill(pixels, height, width, maps[0]);
            var run = new RunSettings(Threads, cancellation);
            foreach (var job in jobs)
                memory.Loop.Run(job, run);
            return new ComputedMaps(this, memory, maps);
        }
        catch
        {
            _turns.Release();
            throw;
        }
    }

    private NetworkPlan PlanFor(MapSize size)
    {
        if (_plans.TryGetValue(size, out var plan))
            return plan;
        if (_plans.Count >= MostPlans)
            _plans.Clear();
        return _plans.GetOrAdd(size, key => new NetworkPlan(key, _channels, _layers, _outputs));
    }

    // The maps of one run, until the next one takes their memory.
    private readonly ref struct ComputedMaps(InferenceNetwork network, NetworkMemory memory, FeatureMap[] maps)
    {
        public FeatureMap[] Maps => maps;

        public void Dispose()
        {
            network._memory.Add(memory);
            network._turns.Release();
        }
    }
}

/// <summary>The sides of images that a network takes.</summary>
/// <param name="Multiple">Every side is a multiple of this.</param>
/// <param name="Least">The shortest side.</param>
internal readonly record struct SizeRule(int Multiple, int Least = 1)
{
    /// <summary>The next side that is taken.</summary>
    public int Fit(int side) => (Math.Max(side, Least) + Multiple - 1) / Multiple * Multiple;
}

/// <summary>A network that gives numbers for every pixel of an image.</summary>
public interface IPixelNetwork : IDisposable
{
    /// <summary>Channels of the image.</summary>
    int InChannels { get; }

    /// <summary>Numbers for each pixel.</summary>
    int OutChannels { get; }

    /// <summary>Computes the logits of an image of any size.</summary>
    /// <param name="pixels">(height, width, <see cref="InChannels"/>).</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="output">Gets (height, width, <see cref="OutChannels"/>).</param>
    /// <param name="cancellationToken">Looked at before every layer and inside long ones.</param>
    /// <exception cref="ArgumentException">The spans are not of these sizes.</exception>
    void Run(
        ReadOnlySpan<float> pixels, int height, int width, Span<float> output,
        CancellationToken cancellationToken = default);
}

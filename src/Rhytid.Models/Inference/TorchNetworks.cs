using Rhytid.Inference;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>Trained networks of every architecture, on whichever engine runs them best.</summary>
public static class TorchNetworks
{
    /// <summary>Loads a network that Rhytid saved.</summary>
    /// <remarks>
    /// An architecture that runs in managed code does so on the processor in single precision, as it does where
    /// libtorch is not installed; everything else runs on libtorch.
    /// </remarks>
    /// <param name="path">The safetensors file.</param>
    /// <param name="settings">Precision, device, tiles.</param>
    /// <exception cref="CheckpointException">The file is no such network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkFile Load(string path, InferenceSettings? settings = null)
    {
        settings ??= new InferenceSettings();
        using (var file = CheckpointFile.Open(path))
        {
            if (IsPlain(settings)
                && NetworkHeader.IsIn(file.Metadata)
                && NetworkFile.Runs(NetworkHeader.Read(path, file.Metadata).Model))
                return NetworkFile.Load(path, settings.Threads);
        }
        if (settings.Threads is { } threads)
            TorchRuntime.Threads = threads;
        return ModelFile.Load(path).ForInference(settings);
    }

    private static bool IsPlain(InferenceSettings settings) =>
        !settings.Device.IsCuda && settings.Precision is Precision.Auto or Precision.F32 && settings.FastConvolutions;
}

/// <summary>A network on libtorch, as an application sees it.</summary>
/// <remarks>It works for one thread at a time, with all processors.</remarks>
/// <param name="session">The network; disposed with this.</param>
internal sealed class TorchPixelNetwork(InferenceSession session) : IPixelNetwork
{
    private readonly SemaphoreSlim _turn = new(1);

    public int InChannels => session.InChannels;

    public int OutChannels => session.OutChannels;

    public void Run(
        ReadOnlySpan<float> pixels, int height, int width, Span<float> output,
        CancellationToken cancellationToken = default)
    {
        _turn.Wait(cancellationToken);
        try
        {
            using var scope = TensorScope.Begin(cancellationToken);
            using var mode = Autograd.Inference();
            // (H, W, C) in memory is (1, C, H, W) with channels last: no element moves.
            var images = Tensor.From(pixels, 1, height, width, InChannels).Permute(0, 3, 1, 2);
            session.Run(images, cancellationToken).Permute(0, 2, 3, 1).Contiguous().AsSpan<float>().CopyTo(output);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        session.Dispose();
        _turn.Dispose();
    }
}

using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>
/// A value of libtorch that is neither tensor nor number, such as weights packed for one convolution.
/// </summary>
public sealed class TorchObject : IDisposable
{
    internal TorchObject(nint value) => Handle = new ObjectHandle(value);

    internal ObjectHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}

using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>Modes of the current thread. Each is a scope: <c>using var _ = Autograd.NoGrad();</c></summary>
public static class Autograd
{
    /// <summary>Nothing is recorded for gradients in this scope.</summary>
    public static IDisposable NoGrad() => GradMode(false);

    /// <summary>Operations are recorded for gradients in this scope, also inside <see cref="NoGrad"/>.</summary>
    public static IDisposable EnableGrad() => GradMode(true);

    /// <summary>
    /// As <see cref="NoGrad"/>, and faster; tensors made here can never take part in a recorded computation.
    /// </summary>
    public static IDisposable Inference()
    {
        TorchCall.Check(TorchLibrary.rt_inference_begin(out var scope), "inference_mode");
        return t_current = new Restore(() => TorchCall.Check(TorchLibrary.rt_inference_end(scope), "inference_mode"));
    }

    /// <summary>
    /// Convolutions and matrix products compute in half the bits in this scope; sums and losses stay in single
    /// precision.
    /// </summary>
    /// <param name="device">The device that the computation runs on.</param>
    /// <param name="type"><see cref="DType.BFloat16"/>, or <see cref="DType.Float16"/> on CUDA.</param>
    public static IDisposable Autocast(Device device = default, DType type = DType.BFloat16)
    {
        TorchCall.Check(TorchLibrary.rt_autocast_begin(device.Type, (int)type, out var scope), "autocast");
        return t_current = new Restore(() => TorchCall.Check(TorchLibrary.rt_autocast_end(scope), "autocast"));
    }

    /// <summary>Modes of the current thread.</summary>
    internal static AutogradModes Modes
    {
        get
        {
            TorchCall.Check(TorchLibrary.rt_modes(out var modes), "grad_mode");
            return modes;
        }
    }

    // Each mode gives back what was before it, so ending them in another order would leave the thread in the wrong one.
    [ThreadStatic]
    private static Restore? t_current;

    private static Restore GradMode(bool enabled)
    {
        TorchCall.Check(TorchLibrary.rt_set_grad_mode(enabled ? 1 : 0, out var before), "grad_mode");
        return t_current =
            new Restore(() => TorchCall.Check(TorchLibrary.rt_set_grad_mode(before, out _), "grad_mode"));
    }

    private sealed class Restore(Action undo) : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly Restore? _outer = t_current;
        private Action? _restore = undo;

        public void Dispose()
        {
            if (_restore is null)
                return;
            if (Environment.CurrentManagedThreadId != _thread)
                throw new InvalidOperationException("a mode ends on the thread that began it (no await inside)");
            if (t_current != this)
                throw new InvalidOperationException("modes end innermost first");
            t_current = _outer;
            var restore = _restore;
            _restore = null;
            restore();
        }
    }
}

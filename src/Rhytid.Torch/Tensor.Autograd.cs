using Rhytid.Torch.Native;

namespace Rhytid.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>Whether operations on the tensor are recorded for <see cref="Backward"/>.</summary>
    public bool RequiresGrad
    {
        get => Info.Flags.HasFlag(TensorFlags.RequiresGrad);
        set
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            TorchCall.Check(TorchLibrary.rt_set_requires_grad(_handle, value ? 1 : 0), "requires_grad");
        }
    }

    /// <summary>
    /// The gradient that <see cref="Backward"/> has summed up, or null. Each read is a new reference to the same
    /// memory.
    /// </summary>
    public Tensor? Grad
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            TorchCall.Check(TorchLibrary.rt_gradient(_handle, out var gradient), "grad");
            return gradient == 0 ? null : Own(gradient);
        }
        set
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            TorchCall.Check(
                value is null
                    ? TorchLibrary.rt_clear_gradient(_handle, 0)
                    : TorchLibrary.rt_set_gradient(_handle, value.Handle),
                "grad");
        }
    }

    /// <summary>Adds the gradients of this tensor (usually a loss) to every leaf that it was computed from.</summary>
    /// <param name="gradient">Gradient with respect to this tensor; not needed for a single number.</param>
    /// <param name="retainGraph">Keep what was recorded, for a second call.</param>
    /// <param name="createGraph">Record the computation of the gradients themselves.</param>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        var held = false;
        try
        {
            gradient?.Handle.DangerousAddRef(ref held);
            var status = TorchLibrary.rt_backward(
                _handle, gradient?.Handle.DangerousGetHandle() ?? 0, retainGraph ? 1 : 0, createGraph ? 1 : 0);
            if (status != 0)
                OutsideFunction.ThrowFailure();
            TorchCall.Check(status, "backward");
        }
        finally
        {
            if (held)
                gradient!.Handle.DangerousRelease();
        }
    }

    /// <summary>The same memory, cut off from what was recorded.</summary>
    public Tensor Detach() => Ops.Detach.Call(this);

    /// <summary>
    /// Lets this tensor stand for other memory (another type, device or order) while everyone who holds it keeps it.
    /// </summary>
    internal void SetData(Tensor data)
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        TorchCall.Check(TorchLibrary.rt_set_data(_handle, data.Handle), "set_data");
    }
}

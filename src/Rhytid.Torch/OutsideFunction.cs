using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>Gradients of a function that libtorch does not know.</summary>
/// <param name="gradient">With respect to the function's result.</param>
/// <param name="inputs">The function's inputs, as they were.</param>
/// <param name="wanted">Which of the inputs need a gradient.</param>
/// <returns>One gradient per input; those that are not wanted may be null.</returns>
internal delegate Tensor?[] BackwardFunction(Tensor gradient, Tensor[] inputs, ReadOnlySpan<bool> wanted);

/// <summary>Functions computed outside libtorch that take part in automatic differentiation.</summary>
internal static unsafe class OutsideFunction
{
    // An exception cannot cross native code: it waits here for the backward call that it ended.
    [ThreadStatic]
    private static ExceptionDispatchInfo? t_failure;

    /// <summary>
    /// Makes a result, computed of the inputs while nothing was recorded, part of what is recorded now.
    /// </summary>
    /// <param name="result">What was computed.</param>
    /// <param name="inputs">What it was computed of; they are kept until the backward pass.</param>
    /// <param name="backward">Called in the backward pass, in a scope of its own.</param>
    /// <returns>The result, with its history where gradients are wanted.</returns>
    public static Tensor Record(Tensor result, ReadOnlySpan<Tensor> inputs, BackwardFunction backward)
    {
        foreach (var input in inputs)
            ObjectDisposedException.ThrowIf(input.IsDisposed, input);
        var context = GCHandle.ToIntPtr(GCHandle.Alloc(backward));
        var handles = stackalloc nint[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
            handles[i] = inputs[i].Handle.DangerousGetHandle();
        var status = TorchLibrary.rt_record(
            result.Handle, handles, inputs.Length, &Backward, &Release, context, out var recorded);
        foreach (var input in inputs)
            GC.KeepAlive(input);
        TorchCall.Check(status, "record");
        return recorded == 0 ? result : Tensor.Own(recorded);
    }

    /// <summary>
    /// Throws what ended the backward pass on this thread, if it was thrown by one of these functions.
    /// </summary>
    public static void ThrowFailure()
    {
        var failure = t_failure;
        t_failure = null;
        failure?.Throw();
    }

    [UnmanagedCallersOnly]
    private static int Backward(nint context, nint gradient, nint* inputs, byte* wanted, int count, nint gradients)
    {
        try
        {
            using var scope = TensorScope.Begin();
            var outer = Tensor.Own(gradient);
            var tensors = new Tensor[count];
            Span<bool> needed = stackalloc bool[count];
            for (var i = 0; i < count; i++)
            {
                tensors[i] = Tensor.Own(inputs[i]);
                needed[i] = wanted[i] != 0;
            }
            var results = ((BackwardFunction)GCHandle.FromIntPtr(context).Target!)(outer, tensors, needed);
            for (var i = 0; i < count; i++)
                if (results[i] is { } result)
                    TorchCall.Check(TorchLibrary.rt_give_gradient(gradients, i, result.Handle), "backward");
            return 0;
        }
        catch (Exception e)
        {
            t_failure = ExceptionDispatchInfo.Capture(e);
            return 1;
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint context) => GCHandle.FromIntPtr(context).Free();
}

namespace Rhytid.Torch;

/// <summary>
/// Frees every tensor that was made in it, except those moved out. Scopes nest; each belongs to one thread.
/// </summary>
/// <remarks>
/// Tensors hold native memory that the garbage collector cannot see the size of. Whoever starts a computation opens a
/// scope; models never dispose anything. A scope may carry a cancellation token, which is looked at before every
/// operator.
/// </remarks>
/// <example><code>
/// using var scope = TensorScope.Begin();
/// var logits = model.Forward(input);
/// return scope.MoveOut(logits.Sigmoid());
/// </code></example>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? t_current;

    private readonly TensorScope? _outer;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly CancellationToken _cancellation;
    private readonly List<Tensor> _tensors = [];
    private bool _disposed;

    private TensorScope(TensorScope? outer, CancellationToken cancellation)
    {
        _outer = outer;
        _cancellation = cancellation.CanBeCanceled ? cancellation : outer?._cancellation ?? default;
    }

    /// <summary>Number of tensors that the scope would free now.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var tensor in _tensors)
                if (tensor.Scope == this && !tensor.IsDisposed)
                    count++;
            return count;
        }
    }

    /// <summary>Opens a scope inside the thread's current one.</summary>
    /// <param name="cancellation">Looked at before every operator in this scope and those inside it; without one, the
    /// outer scope's.</param>
    public static TensorScope Begin(CancellationToken cancellation = default) =>
        t_current = new TensorScope(t_current, cancellation);

    /// <summary>Hands a tensor to the enclosing scope, or to the caller where there is none.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor MoveOut(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Scope == this)
        {
            tensor.Scope = _outer;
            _outer?._tensors.Add(tensor);
        }
        return tensor;
    }

    /// <summary>Frees the scope's tensors and makes the outer scope current again.</summary>
    /// <exception cref="InvalidOperationException">An inner scope is still open, or this is another thread.</exception>
    public void Dispose()
    {
        if (_disposed)
            return;
        if (Environment.CurrentManagedThreadId != _thread || t_current != this)
            throw new InvalidOperationException(
                "tensor scopes end on their thread, innermost first (no await inside a scope)");
        _disposed = true;
        t_current = _outer;
        foreach (var tensor in _tensors)
            if (tensor.Scope == this)
                tensor.Dispose();
        _tensors.Clear();
    }

    internal static CancellationToken Cancellation => t_current?._cancellation ?? default;

    internal static void ThrowIfCancelled() => t_current?._cancellation.ThrowIfCancellationRequested();

    internal static TensorScope? Adopt(Tensor tensor)
    {
        var scope = t_current;
        scope?._tensors.Add(tensor);
        return scope;
    }
}

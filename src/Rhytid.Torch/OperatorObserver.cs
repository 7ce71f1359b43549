namespace Rhytid.Torch;

/// <summary>Is told of every operator that the thread calls while it is current.</summary>
internal abstract class OperatorObserver
{
    /// <summary>The thread's observer, or null.</summary>
    [field: ThreadStatic]
    public static OperatorObserver? Current { get; private set; }

    /// <summary>Takes an operator that was computed.</summary>
    /// <param name="name">Its name with overload, as in "aten::add.Tensor".</param>
    /// <param name="arguments">As they were given: defaults at the end may be missing.</param>
    /// <param name="results">Its tensors; empty where the caller wanted none, as of an operator in place.</param>
    public abstract void Called(string name, ReadOnlySpan<Value> arguments, ReadOnlySpan<Tensor?> results);

    /// <summary>Runs an action with this observer.</summary>
    protected void Observe(Action action)
    {
        var outer = Current;
        Current = this;
        try
        {
            action();
        }
        finally
        {
            Current = outer;
        }
    }
}

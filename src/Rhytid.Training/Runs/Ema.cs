using Rhytid.Models;
using Rhytid.Torch;

namespace Rhytid.Training.Runs;

/// <summary>
/// Exponential moving average of a network's trained weights. Buffers, such as the statistics of batch norm, and frozen
/// weights are taken as they are.
/// </summary>
/// <remarks>
/// The decay after n steps is min(decay, (1 + n) / (10 + n)), so that short runs are not dominated by the initial
/// weights.
/// </remarks>
internal sealed class Ema : IDisposable
{
    private readonly double _decay;
    private readonly List<(string Name, Tensor Live, Tensor Average)> _weights;

    public Ema(Network network, double decay)
    {
        _decay = decay;
        using var mode = Autograd.NoGrad();
        _weights =
        [
            .. network.Parameters.Parameters.Where(entry => entry.Tensor.RequiresGrad)
                .Select(entry => (entry.Name, entry.Tensor, entry.Tensor.Clone().Keep()))
        ];
    }

    /// <summary>The averages by name, for the checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _weights.Select(weight => KeyValuePair.Create(weight.Name, weight.Average));

    /// <summary>Updates the averages after a step of the optimizer.</summary>
    /// <param name="steps">Steps of the run before this one.</param>
    public void Update(long steps)
    {
        var decay = Math.Min(_decay, (1.0 + steps) / (10.0 + steps));
        using var mode = Autograd.NoGrad();
        foreach (var (_, live, average) in _weights)
            average.MulInPlace(decay).AddInPlace(live, 1 - decay);
    }

    /// <summary>Swaps the averages into the network until the result is disposed.</summary>
    public IDisposable Use()
    {
        Exchange();
        return new Restore(Exchange);
    }

    public void Dispose() => _weights.ForEach(weight => weight.Average.Dispose());

    private void Exchange()
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        foreach (var (_, live, average) in _weights)
        {
            var kept = live.Clone();
            live.CopyFrom(average);
            average.CopyFrom(kept);
        }
    }

    private sealed class Restore(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}

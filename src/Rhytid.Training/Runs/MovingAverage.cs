using Rhytid.Models;
using Rhytid.Torch;

namespace Rhytid.Training.Runs;

/// <summary>
/// The exponential moving average of a network's weights: a steadier network than the last step's. Buffers, such as the
/// statistics of batch norm, are averages already and are taken as they are; so are frozen weights.
/// </summary>
/// <remarks>
/// The decay rises to its value, min(decay, (1 + n) / (10 + n)) after n steps: a run of a thousand steps would else end
/// with a good part of the random weights that it began with.
/// </remarks>
internal sealed class MovingAverage : IDisposable
{
    private readonly double _decay;
    private readonly List<(string Name, Tensor Live, Tensor Average)> _weights;

    public MovingAverage(Network network, double decay)
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

    /// <summary>Takes a step of the optimizer in.</summary>
    /// <param name="steps">Steps that were taken before this one, those of the run that is gone on with
    /// included.</param>
    public void Update(long steps)
    {
        var decay = Math.Min(_decay, (1.0 + steps) / (10.0 + steps));
        using var mode = Autograd.NoGrad();
        foreach (var (_, live, average) in _weights)
            average.MulInPlace(decay).AddInPlace(live, 1 - decay);
    }

    /// <summary>The network has the averages until the result is disposed.</summary>
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

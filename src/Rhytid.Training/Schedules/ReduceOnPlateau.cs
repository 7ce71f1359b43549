namespace Rhytid.Training.Schedules;

/// <summary>
/// Lowers the learning rate when the validation loss stops falling (Sandu): after more than <c>patience</c> epochs
/// without an improvement of one part in ten thousand.
/// </summary>
/// <param name="start">Learning rate of the first epoch.</param>
/// <param name="patience">Epochs without improvement that are forgiven.</param>
/// <param name="factor">What the learning rate is multiplied with.</param>
/// <param name="minimum">The lowest learning rate.</param>
/// <param name="threshold">Relative improvement that counts.</param>
public sealed class ReduceOnPlateau(
    double start, int patience = 15, double factor = 0.75, double minimum = 1e-6, double threshold = 1e-4) : ISchedule
{
    private double _rate = start;
    private double _best = double.PositiveInfinity;
    private int _bad;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> State =>
        new Dictionary<string, double> { ["rate"] = _rate, ["best"] = _best, ["bad"] = _bad };

    /// <inheritdoc/>
    public double LearningRate(int epoch, double? validationLoss = null)
    {
        if (validationLoss is not { } loss)
            return _rate;
        if (loss < _best * (1 - threshold))
            (_best, _bad) = (loss, 0);
        else
            _bad++;
        if (_bad > patience)
        {
            _rate = Math.Max(_rate * factor, minimum);
            _bad = 0;
        }
        return _rate;
    }

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_rate, _best, _bad) = (state["rate"], state["best"], (int)state["bad"]);
    }
}

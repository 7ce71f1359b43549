using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Optim;

/// <summary>Parameters that are changed at the same rate.</summary>
public sealed class ParameterGroup : IDisposable
{
    private readonly Dictionary<string, Tensor> _state = new(StringComparer.Ordinal);

    /// <summary>A group.</summary>
    /// <param name="parameters">What is changed; buffers are left out.</param>
    /// <param name="learningRate">Step size.</param>
    /// <param name="weightDecay">Pull towards zero.</param>
    public ParameterGroup(IEnumerable<StoredParameter> parameters, double learningRate, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        Parameters = [.. parameters.Where(parameter => !parameter.IsBuffer)];
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>What is changed.</summary>
    public IReadOnlyList<StoredParameter> Parameters { get; }

    /// <summary>Step size of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Pull towards zero.</summary>
    public double WeightDecay { get; set; }

    /// <summary>What schedules multiply their learning rate with for this group.</summary>
    public double RateFactor { get; init; } = 1;

    internal IReadOnlyDictionary<string, Tensor> State => _state;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _state.Values)
            tensor.Dispose();
        _state.Clear();
    }

    /// <summary>Counts one step of one parameter, on the processor wherever the parameter is.</summary>
    /// <param name="name">The parameter's.</param>
    /// <param name="before">Steps before this one where none was counted yet.</param>
    internal long CountStep(string name, long before)
    {
        var counter = Recall($"{name}/step") ?? Remember($"{name}/step", Tensor.Full([], before, DType.Int64));
        return ++counter.AsSpan<long>()[0];
    }

    internal Tensor? Recall(string key) => _state.GetValueOrDefault(key);

    internal Tensor Remember(string key, Tensor value)
    {
        if (_state.Remove(key, out var old))
            old.Dispose();
        return _state[key] = value.Keep();
    }
}

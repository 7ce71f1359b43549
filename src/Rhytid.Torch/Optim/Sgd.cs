using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Optim;

/// <summary>Stochastic gradient descent with momentum, as PyTorch defines it.</summary>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum;
    private readonly bool _nesterov;

    /// <summary>For the given groups.</summary>
    /// <param name="groups">Parameters with their rates.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="nesterov">Look ahead by the momentum.</param>
    public Sgd(IEnumerable<ParameterGroup> groups, double momentum = 0, bool nesterov = false)
        : base(groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        if (nesterov && momentum == 0)
            throw new ArgumentException("Nesterov's method needs a momentum", nameof(momentum));
        _momentum = momentum;
        _nesterov = nesterov;
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, IReadOnlyList<StoredParameter> parameters, Tensor[] gradients)
    {
        var tensors = Tensors(parameters);
        if (group.WeightDecay != 0)
            gradients = Ops.ForeachSum.CallMany(gradients, tensors, group.WeightDecay)!;
        if (_momentum != 0)
        {
            // Zero at first, which makes the first step the gradient itself.
            var velocity = Memory(group, parameters, "momentum_buffer");
            Ops.ForeachMul.Run(velocity, _momentum);
            Ops.ForeachAdd.Run(velocity, gradients, 1);
            gradients = _nesterov ? [.. Ops.ForeachSum.CallMany(gradients, velocity, _momentum).OfType<Tensor>()] : velocity;
        }
        Ops.ForeachAdd.Run(tensors, gradients, -group.LearningRate);
    }
}

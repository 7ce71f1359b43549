using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Optim;

/// <summary>Stochastic gradient descent with momentum, as PyTorch defines it.</summary>
public sealed class Sgd : Optimizer
{
    private readonly double _momentum;
    private readonly double _dampening;
    private readonly bool _nesterov;

    /// <summary>For the given groups.</summary>
    /// <param name="groups">Parameters with their rates.</param>
    /// <param name="momentum">Share of the last step that is kept.</param>
    /// <param name="dampening">Share of each new gradient, but the first, that is left out of the momentum.</param>
    /// <param name="nesterov">Look ahead by the momentum.</param>
    public Sgd(IEnumerable<ParameterGroup> groups, double momentum = 0, double dampening = 0, bool nesterov = false)
        : base(groups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(momentum);
        if (nesterov && (momentum == 0 || dampening != 0))
            throw new ArgumentException("Nesterov's method needs a momentum and no dampening", nameof(momentum));
        _momentum = momentum;
        _dampening = dampening;
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
            var velocity = Velocity(group, parameters, gradients);
            gradients = _nesterov
                ? [.. Ops.ForeachSum.CallMany(gradients, velocity, _momentum).OfType<Tensor>()]
                : velocity;
        }
        Ops.ForeachAdd.Run(tensors, gradients, -group.LearningRate);
    }

    // The first gradient is the velocity itself; later ones are added, dampened.
    private Tensor[] Velocity(ParameterGroup group, IReadOnlyList<StoredParameter> parameters, Tensor[] gradients)
    {
        var velocity = new Tensor[parameters.Count];
        var known = new List<int>();
        for (var i = 0; i < velocity.Length; i++)
        {
            var key = $"{parameters[i].Name}/momentum_buffer";
            if (group.Recall(key) is { } remembered)
                known.Add(i);
            else
                remembered = group.Remember(key, gradients[i].Clone());
            velocity[i] = remembered;
        }
        if (known.Count > 0)
        {
            Tensor[] moving = [.. known.Select(i => velocity[i])];
            Ops.ForeachMul.Run(moving, _momentum);
            Ops.ForeachAdd.Run(moving, (Tensor[])[.. known.Select(i => gradients[i])], 1 - _dampening);
        }
        return velocity;
    }
}

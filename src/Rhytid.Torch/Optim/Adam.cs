using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Optim;

/// <summary>Adam (Kingma and Ba, 2015), and AdamW (Loshchilov and Hutter, 2019), as PyTorch defines them.</summary>
public class Adam : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly bool _decoupled;

    /// <summary>For the given groups; weight decay is added to the gradients.</summary>
    /// <param name="groups">Parameters with their rates.</param>
    /// <param name="beta1">Memory of the gradients' mean.</param>
    /// <param name="beta2">Memory of the gradients' square.</param>
    /// <param name="epsilon">Added to the divisor.</param>
    public Adam(IEnumerable<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : this(groups, beta1, beta2, epsilon, decoupled: false)
    {
    }

    private protected Adam(
        IEnumerable<ParameterGroup> groups, double beta1, double beta2, double epsilon, bool decoupled)
        : base(groups)
    {
        if (beta1 is not (>= 0 and < 1) || beta2 is not (>= 0 and < 1))
            throw new ArgumentException($"the betas lie in [0, 1), not {beta1} and {beta2}", nameof(beta1));
        _beta1 = beta1;
        _beta2 = beta2;
        _epsilon = epsilon;
        _decoupled = decoupled;
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, IReadOnlyList<StoredParameter> parameters, Tensor[] gradients)
    {
        ArgumentNullException.ThrowIfNull(group);
        var tensors = Tensors(parameters);
        if (group.WeightDecay != 0)
        {
            if (_decoupled)
                Ops.ForeachMul.Run(tensors, 1 - group.LearningRate * group.WeightDecay);
            else
                gradients = Ops.ForeachSum.CallMany(gradients, tensors, group.WeightDecay)!;
        }
        // A parameter that had no gradient in some steps has fewer steps of its own.
        var steps = Array.ConvertAll(
            [.. parameters], parameter => group.CountStep(parameter.Name, Remembers(group, parameter) ? Steps - 1 : 0));
        var mean = Memory(group, parameters, "exp_avg");
        var square = Memory(group, parameters, "exp_avg_sq");
        Ops.ForeachMul.Run(mean, _beta1);
        Ops.ForeachAdd.Run(mean, gradients, 1 - _beta1);
        Ops.ForeachMul.Run(square, _beta2);
        Ops.ForeachAddcmul.Run(square, gradients, gradients, 1 - _beta2);

        foreach (var alike in Enumerable.Range(0, steps.Length).GroupBy(i => steps[i]))
        {
            // The memories start at zero; dividing by these corrects for it.
            var correction1 = 1 - Math.Pow(_beta1, alike.Key);
            var correction2 = 1 - Math.Pow(_beta2, alike.Key);
            Tensor?[] Of(Tensor[] all) => [.. alike.Select(i => all[i])];
            Tensor[] divisor = Ops.ForeachSqrt.CallMany(Of(square))!;
            Ops.ForeachDivideScalar.Run(divisor, Math.Sqrt(correction2));
            Ops.ForeachAddScalar.Run(divisor, _epsilon);
            Ops.ForeachAddcdiv.Run(Of(tensors), Of(mean), divisor, -group.LearningRate / correction1);
        }
    }

    private static bool Remembers(ParameterGroup group, StoredParameter parameter) =>
        group.Recall($"{parameter.Name}/exp_avg") is not null;
}

/// <summary>Adam whose weight decay shrinks the parameters directly (Loshchilov and Hutter, 2019).</summary>
public sealed class AdamW : Adam
{
    /// <summary>For the given groups.</summary>
    /// <param name="groups">Parameters with their rates.</param>
    /// <param name="beta1">Memory of the gradients' mean.</param>
    /// <param name="beta2">Memory of the gradients' square.</param>
    /// <param name="epsilon">Added to the divisor.</param>
    public AdamW(IEnumerable<ParameterGroup> groups, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(groups, beta1, beta2, epsilon, decoupled: true)
    {
    }
}

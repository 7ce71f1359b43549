using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>Several losses added: Kim's combinations (weights 1), Dice and focal.</summary>
/// <param name="terms">The losses and their weights.</param>
public sealed class WeightedSum(params (ILoss Loss, double Weight)[] terms) : ILoss
{
    /// <inheritdoc/>
    public string Name { get; } = string.Join('+', terms.Select(term => term.Loss.Name));

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        Tensor? total = null;
        var parts = new Dictionary<string, Tensor>();
        foreach (var (loss, weight) in terms)
        {
            var value = loss.Compute(outputs, target);
            var weighted = weight == 1 ? value.Total : value.Total * weight;
            total = total is null ? weighted : total + weighted;
            foreach (var (name, part) in value.Parts)
                parts[name] = part;
        }
        return new LossValue(total ?? throw new InvalidOperationException("a sum of losses needs at least one"), parts);
    }
}

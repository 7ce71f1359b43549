using Rhytid.Torch;

namespace Rhytid.Training.Losses;

/// <summary>The mean of one loss over all heads of a network (UNet++; Zhou et al. 2018).</summary>
/// <param name="loss">The loss of each head.</param>
public sealed class DeepSupervision(ILoss loss) : ILoss
{
    /// <inheritdoc/>
    public string Name => loss.Name;

    /// <inheritdoc/>
    public LossValue Compute(IReadOnlyList<Tensor> outputs, LossTarget target)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var main = loss.Compute(outputs, target);
        var total = outputs.Skip(1).Aggregate(main.Total, (sum, output) => sum + loss.Compute([output], target).Total);
        return main with { Total = total * (1.0 / outputs.Count) };
    }
}

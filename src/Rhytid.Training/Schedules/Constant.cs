namespace Rhytid.Training.Schedules;

/// <summary>One learning rate for all epochs (Kim, Bui).</summary>
/// <param name="rate">The learning rate.</param>
public sealed class Constant(double rate) : StatelessSchedule
{
    /// <inheritdoc/>
    protected override double At(int epoch) => rate;
}

namespace Rhytid.Synthesis.Portraits;

/// <summary>When a region's wrinkles appear and how fast they grow.</summary>
/// <param name="Onset">Years at which the first lines appear, on average.</param>
/// <param name="Years">How many years later they are as strong as they get.</param>
internal readonly record struct RegionAging(float Onset, float Years)
{
    public static RegionAging For(WrinkleRegion region) => region switch
    {
        WrinkleRegion.Forehead => new(29, 44),
        WrinkleRegion.Glabella => new(34, 44),
        WrinkleRegion.CrowsFeet => new(31, 40),
        WrinkleRegion.UnderEye => new(35, 42),
        WrinkleRegion.Nasolabial => new(29, 38),
        WrinkleRegion.Marionette => new(43, 34),
        WrinkleRegion.Perioral => new(50, 30),
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    /// <summary>0 before the onset, 1 some decades later, at most 1.1.</summary>
    /// <param name="age">Years.</param>
    public float AmountAt(float age) => Math.Clamp((age - Onset) / Years, 0, 1.1f);
}

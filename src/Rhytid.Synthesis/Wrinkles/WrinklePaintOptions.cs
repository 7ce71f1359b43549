using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>What is painted onto a photo. The same options, seed and photo give the same pixels.</summary>
public sealed record WrinklePaintOptions
{
    /// <summary>Weakest <see cref="Strength"/>.</summary>
    public const float MinStrength = 0.1f;

    /// <summary>Strongest <see cref="Strength"/>.</summary>
    public const float MaxStrength = 2;

    /// <summary>
    /// How old the wrinkles are, in years (<see cref="PortraitOptions.MinAge"/> to
    /// <see cref="PortraitOptions.MaxAge"/>); drawn from the seed, 45 to 85, unless given.
    /// </summary>
    public int? Age { get; init; }

    /// <summary>Depth of all wrinkles as a multiple of what their age has; 1 unless told.</summary>
    public float Strength { get; init; } = 1;

    /// <summary>Where wrinkles may be painted; everywhere unless told.</summary>
    public IReadOnlyList<WrinkleRegion> Regions { get; init; } = Enum.GetValues<WrinkleRegion>();

    internal void Validate()
    {
        if (Age is < PortraitOptions.MinAge or > PortraitOptions.MaxAge)
            throw new ArgumentException(
                $"{Age} is not {PortraitOptions.MinAge} to {PortraitOptions.MaxAge} years", nameof(Age));
        if (Strength is not (>= MinStrength and <= MaxStrength))
            throw new ArgumentException($"{Strength} is not {MinStrength} to {MaxStrength}", nameof(Strength));
        if (Regions.Count == 0 || Regions.Any(region => !Enum.IsDefined(region)))
            throw new ArgumentException("name one region or more", nameof(Regions));
    }
}

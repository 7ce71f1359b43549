using System.Globalization;

namespace Rhytid.Training.Datasets.Splits;

/// <summary>How much of a set goes into each part; only the proportions matter.</summary>
/// <param name="Train">To learn from.</param>
/// <param name="Val">To choose a model by.</param>
/// <param name="Test">To score once, at the end.</param>
public readonly record struct SplitShares(int Train, int Val, int Test)
{
    /// <summary>80/10/10, as Moon, Chung and Jang split.</summary>
    public static SplitShares Default { get; } = new(80, 10, 10);

    /// <summary>Reads <c>80/10/10</c>.</summary>
    /// <returns>Null where the text is no such thing.</returns>
    public static SplitShares? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int Largest = 1_000_000;
        var numbers =
            text.Split('/')
                .Select(
                    part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        && number <= Largest ? number : -1)
                .ToList();
        return numbers is [> 0, >= 0, >= 0] ? new SplitShares(numbers[0], numbers[1], numbers[2]) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Train}/{Val}/{Test}");
}

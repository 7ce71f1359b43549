using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>A wrinkle that is to be painted.</summary>
/// <param name="Line">In face coordinates.</param>
/// <param name="Source">Whose course it has: the name of a mask, or <c>family</c>.</param>
internal sealed record PlannedLine(WrinkleLine Line, string Source)
{
    public const string Family = "family";
}

namespace Fuzz;

/// <summary>How far a reader came in a damaged file.</summary>
internal enum Stage
{
    /// <summary>Refused by its first bytes, header or checksums.</summary>
    Header,

    /// <summary>The header was sound; what follows was refused.</summary>
    Body,

    /// <summary>Read to the end.</summary>
    Read,
}

namespace Rhytid.Synthesis.Portraits;

/// <summary>Skin tones from light to very dark, about Fitzpatrick's six types.</summary>
public enum SkinTone
{
    /// <summary>Very light, reddens easily (type I).</summary>
    Pale,

    /// <summary>Light (type II).</summary>
    Light,

    /// <summary>Light to olive (type III).</summary>
    Medium,

    /// <summary>Light brown (type IV).</summary>
    Tan,

    /// <summary>Brown (type V).</summary>
    Brown,

    /// <summary>Very dark (type VI).</summary>
    Dark,
}

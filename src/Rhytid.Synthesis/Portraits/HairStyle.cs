namespace Rhytid.Synthesis.Portraits;

/// <summary>How the hair of a synthetic portrait is worn.</summary>
public enum HairStyle
{
    /// <summary>Short, combed back and to one side.</summary>
    Combed,

    /// <summary>A few millimetres all over.</summary>
    Cropped,

    /// <summary>Parted, down to the jaw.</summary>
    Bob,

    /// <summary>Parted, down to the shoulders.</summary>
    Flowing,

    /// <summary>Drawn back tightly.</summary>
    TiedBack,

    /// <summary>Short curls all around.</summary>
    Curly,

    /// <summary>Short, with high temples.</summary>
    Receding,

    /// <summary>A fringe above the ears only.</summary>
    Bald,
}

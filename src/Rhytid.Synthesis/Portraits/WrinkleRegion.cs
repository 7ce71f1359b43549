namespace Rhytid.Synthesis.Portraits;

/// <summary>Where on the face a wrinkle of a synthetic portrait lies.</summary>
public enum WrinkleRegion
{
    /// <summary>Horizontal lines of the forehead.</summary>
    Forehead = 1,

    /// <summary>Frown lines between the brows and across the root of the nose.</summary>
    Glabella,

    /// <summary>Lines that fan out from the outer corners of the eyes.</summary>
    CrowsFeet,

    /// <summary>Lines below the lower lids.</summary>
    UnderEye,

    /// <summary>Folds from the wings of the nose past the corners of the mouth.</summary>
    Nasolabial,

    /// <summary>Lines from the corners of the mouth to the jaw.</summary>
    Marionette,

    /// <summary>Short upright lines around the lips.</summary>
    Perioral,
}

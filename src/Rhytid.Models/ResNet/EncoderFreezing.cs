namespace Rhytid.Models;

/// <summary>Which parts of a pre-trained encoder keep their weights in training.</summary>
public enum EncoderFreezing
{
    /// <summary>None: everything is trained.</summary>
    None,

    /// <summary>All of it: the decoder alone is trained.</summary>
    All,

    /// <summary>All but its last two layers.</summary>
    AllButLastTwo,
}

namespace Rhytid.Faces.Skin;

/// <summary>Which label maps an atlas of the face is the mean of; Atlas/README.md tells more.</summary>
public enum AtlasSource
{
    /// <summary>Hand-drawn labels of photos (CelebAMask-HQ), for non-commercial research; ships with the weights.</summary>
    Labels,

    /// <summary>Exact labels of portraits that Rhytid draws itself: free of any photo.</summary>
    Drawn,
}

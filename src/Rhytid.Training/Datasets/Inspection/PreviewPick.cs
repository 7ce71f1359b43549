namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Which samples of a set a preview shows.</summary>
public enum PreviewPick
{
    /// <summary>At equal distances in the order of ids.</summary>
    Spread,

    /// <summary>The first ones in the order of ids.</summary>
    First,

    /// <summary>Drawn by chance from a seed.</summary>
    Random,

    /// <summary>Those with the largest share of wrinkle pixels.</summary>
    Most,

    /// <summary>Those with the smallest share of wrinkle pixels, masks without any first.</summary>
    Least,
}

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Which number stands for which part of the face in parsing labels of 19 classes.</summary>
public enum LabelOrder
{
    /// <summary>The public face-parsing network's: 1 skin, 10 nose.</summary>
    BiSeNet,

    /// <summary>CelebAMask-HQ's: 1 skin, 2 nose.</summary>
    CelebAMask,
}

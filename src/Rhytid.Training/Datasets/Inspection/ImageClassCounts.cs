namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Pixels of the two classes in one photo.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Image">In the whole picture.</param>
/// <param name="Scored">Inside the scored region; null where the photo has none.</param>
/// <param name="Skin">On the skin, inside the scored region where there is one; null where the skin is not
/// known.</param>
public sealed record ImageClassCounts(string Id, ClassCounts Image, ClassCounts? Scored, ClassCounts? Skin);

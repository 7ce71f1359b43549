namespace Rhytid.Training.Batches;

/// <summary>
/// Samples to measure by. A type of its own because nothing may change them: a published repository builds its
/// validation set with the training augmentations, and its scores are random.
/// </summary>
public sealed record ValidationBatch : WrinkleBatch;

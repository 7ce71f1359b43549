namespace Rhytid.Training.Augmentation;

/// <summary>Samples to learn from: the only kind that an <see cref="Augmenter"/> takes.</summary>
public sealed record TrainingBatch : WrinkleBatch;

using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>Samples and checks that several tests of occlusions share.</summary>
internal static class OcclusionCases
{
    internal static float[] Row(TrainingBatch batch, int row) => batch.Photo.Narrow(0, row, 1).ToArray<float>();
}

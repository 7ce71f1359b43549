using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

/// <summary>Samples and checks that several tests of photos share.</summary>
internal static class PhotoCases
{
    internal static PhotoFingerprint Of(Image image) => PhotoFingerprint.Compute(image.ToGray());
}

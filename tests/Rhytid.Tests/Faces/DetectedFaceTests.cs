using System.Drawing;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;

namespace Rhytid.Tests.Faces;

public sealed class DetectedFaceTests
{
    private static readonly FaceMesh Mesh = new(new Vector2[FaceMesh.PointCount]);

    [Theory]
    [InlineData(false, false, LandmarkSource.Detector)]
    [InlineData(true, false, LandmarkSource.Proportions)]
    [InlineData(false, true, LandmarkSource.Mesh)]
    [InlineData(true, true, LandmarkSource.Proportions)]
    public void Points_come_from_the_mesh_the_detector_or_proportions(
        bool isEstimated, bool hasMesh, LandmarkSource expected)
    {
        var face = new DetectedFace(
            new RectangleF(0, 0, 4, 5), FaceLandmarks.FfhqMean with { EyesEstimated = isEstimated }, null)
        {
            Mesh = hasMesh ? Mesh : null
        };

        Assert.Equal(expected, face.LandmarkSource);
        Assert.Equal(hasMesh, face.Pose is not null);
        Assert.Equal(20, face.Area);
    }
}

using System.Numerics;
using Rhytid.Faces.Mesh;

namespace Rhytid.Tests.Faces.Mesh;

public sealed class HeadPoseTests
{
    // A line from forehead to chin that leans by nothing is reported as 8 degrees, by the resting pitch.
    private const float Resting = 8;

    [Fact]
    public void A_flat_upright_mesh_looks_straight_ahead() => AssertPose(0, Resting, 0, Matrix4x4.Identity);

    // x right, y down, z away from the camera: to the picture's right means its right side goes back.
    [Theory]
    [InlineData(25)]
    [InlineData(-40)]
    public void A_turn_about_the_vertical_is_yaw(float degrees) =>
        AssertPose(degrees, Resting, 0, Matrix4x4.CreateRotationY(-float.DegreesToRadians(degrees)));

    [Theory]
    [InlineData(15)]
    [InlineData(-20)]
    public void A_nod_is_pitch(float degrees) =>
        AssertPose(0, degrees + Resting, 0, Matrix4x4.CreateRotationX(-float.DegreesToRadians(degrees)));

    [Theory]
    [InlineData(30)]
    [InlineData(-75)]
    public void A_tilt_is_roll(float degrees) =>
        AssertPose(0, Resting, degrees, Matrix4x4.CreateRotationZ(float.DegreesToRadians(degrees)));

    [Fact]
    public void Place_and_size_do_not_matter() =>
        AssertPose(0, Resting, 0, Matrix4x4.CreateScale(300) * Matrix4x4.CreateTranslation(50, -20, 9));

    [Theory]
    [InlineData(21, FaceSide.Right)]
    [InlineData(20, null)]
    [InlineData(-20, null)]
    [InlineData(-21, FaceSide.Left)]
    public void The_far_side_of_a_turned_head_is_hidden(float yaw, FaceSide? side) =>
        Assert.Equal(side, new HeadPose(yaw, 0, 0).HiddenSide);

    private static void AssertPose(float yaw, float pitch, float roll, Matrix4x4 turn)
    {
        int[] right = [33, 127, 234, 132, 58, 61, 50];
        int[] left = [263, 356, 454, 361, 288, 291, 280];
        var points = new Vector3[FaceMesh.PointCount];
        for (var i = 0; i < right.Length; i++)
        {
            var (x, y) = (0.2f + (0.05f * i), (0.1f * i) - 0.3f);
            (points[right[i]], points[left[i]]) = (new(-x, y, 0), new(x, y, 0));
        }
        (points[10], points[152]) = (new(0, -0.6f, 0), new(0, 0.7f, 0));

        var pose = HeadPose.FromMesh(new FaceMesh(Array.ConvertAll(points, point => Vector3.Transform(point, turn))));

        Assert.Equal(yaw, pose.YawDegrees, 0.01f);
        Assert.Equal(pitch, pose.PitchDegrees, 0.01f);
        Assert.Equal(roll, pose.RollDegrees, 0.01f);
    }
}

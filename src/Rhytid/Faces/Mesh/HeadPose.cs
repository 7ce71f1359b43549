using System.Numerics;

namespace Rhytid.Faces.Mesh;

/// <summary>A side of the picture.</summary>
public enum FaceSide
{
    /// <summary>The left of an upright picture, the person's right.</summary>
    Left,

    /// <summary>The right of an upright picture, the person's left.</summary>
    Right,
}

/// <summary>How a head is turned, estimated from the depths of a face mesh; all in degrees.</summary>
/// <param name="YawDegrees">To the side: 0 into the camera, above 0 towards the picture's right.</param>
/// <param name="PitchDegrees">Up and down: above 0 upwards; 0 is how an average portrait is held.</param>
/// <param name="RollDegrees">Tilt: how far the line through the eyes falls to the right.</param>
public sealed record HeadPose(float YawDegrees, float PitchDegrees, float RollDegrees)
{
    /// <summary>
    /// Yaw beyond which the far side of the face cannot be seen well enough to look for wrinkles; see
    /// docs/reference/faces.md.
    /// </summary>
    public const float HiddenBeyondYawDegrees = 20;

    // The line from the top of the forehead to the chin on a face that looks straight into the camera leans by this
    // much (median over generated and full faces).
    private const float RestingPitchDegrees = -8;

    /// <summary>The side that the head's turn hides, or null.</summary>
    public FaceSide? HiddenSide =>
        YawDegrees > HiddenBeyondYawDegrees
            ? FaceSide.Right
            : YawDegrees < -HiddenBeyondYawDegrees ? FaceSide.Left : null;

    // Pairs that mirror each other, the person's right first: outer eye corners, temples, cheeks, jaw, mouth corners.
    private static ReadOnlySpan<int> Pairs => [33, 263, 127, 356, 234, 454, 132, 361, 58, 288, 61, 291, 50, 280];

    private const int ForeheadTop = 10;
    private const int Chin = 152;

    /// <summary>The pose of a mesh with depths.</summary>
    /// <param name="mesh">In pixels of any picture, depths in the same unit.</param>
    public static HeadPose FromMesh(FaceMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        var across = Vector3.Zero;
        for (var i = 0; i < Pairs.Length; i += 2)
            across += Point(mesh, Pairs[i + 1]) - Point(mesh, Pairs[i]);
        across = Vector3.Normalize(across);
        var down = Point(mesh, Chin) - Point(mesh, ForeheadTop);
        down = Vector3.Normalize(down - (Vector3.Dot(down, across) * across));
        // A face that looks to the picture's right has its right side farther from the camera: larger z.
        var roll = MathF.Atan2(across.Y, across.X);
        var yaw = MathF.Atan2(across.Z, MathF.Sqrt((across.X * across.X) + (across.Y * across.Y)));
        var pitch = MathF.Atan2(-down.Z, MathF.Sqrt((down.X * down.X) + (down.Y * down.Y)));
        return new HeadPose(
            float.RadiansToDegrees(yaw), float.RadiansToDegrees(pitch) - RestingPitchDegrees,
            float.RadiansToDegrees(roll));
    }

    private static Vector3 Point(FaceMesh mesh, int index) => new(mesh.Points[index], mesh.Depths[index]);
}

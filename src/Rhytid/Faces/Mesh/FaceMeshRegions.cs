namespace Rhytid.Faces.Mesh;

/// <summary>
/// Which points of a <see cref="FaceMesh"/> outline a part of the face (published with the mesh). Left and right are
/// the person's.
/// </summary>
public static class FaceMeshRegions
{
    /// <summary>Outline of the face, from the middle of the forehead; it ends at the hairline.</summary>
    public static ReadOnlySpan<int> Oval =>
    [
        10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
        152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    ];

    /// <summary>Outer edge of the lips.</summary>
    public static ReadOnlySpan<int> OuterLips =>
        [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];

    /// <summary>Edge of the left eye's lids.</summary>
    public static ReadOnlySpan<int> LeftEye =>
        [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];

    /// <summary>Edge of the right eye's lids.</summary>
    public static ReadOnlySpan<int> RightEye =>
        [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];

    /// <summary>
    /// Left brow: lower edge outwards to inwards, then the upper edge the same way; take the convex hull to fill it.
    /// </summary>
    public static ReadOnlySpan<int> LeftBrow => [276, 283, 282, 295, 285, 336, 296, 334, 293, 300];

    /// <summary>Right brow, as <see cref="LeftBrow"/>.</summary>
    public static ReadOnlySpan<int> RightBrow => [46, 53, 52, 65, 55, 107, 66, 105, 63, 70];

    /// <summary>Around the left nostril; take the convex hull to fill it.</summary>
    public static ReadOnlySpan<int> LeftNostril => [250, 458, 309, 392, 289, 305, 290];

    /// <summary>Around the right nostril, as <see cref="LeftNostril"/>.</summary>
    public static ReadOnlySpan<int> RightNostril => [20, 238, 79, 166, 59, 75, 60];

    /// <summary>The point on the other side of the face; points of the middle are their own.</summary>
    /// <remarks>
    /// Measured on 60 meshes of faces and of the same mirrored: the person's right side is numbered below 248, the left
    /// from there, in the same order.
    /// </remarks>
    public static int Mirrored(int point) => MirroredPoints[point];

    private static readonly int[] MirroredPoints = PairPoints();

    private static int[] PairPoints()
    {
        int[] middle =
        [
            0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 94, 151, 152, 164, 168, 175, 195, 197, 199,
            200
        ];
        var mirrored = new int[FaceMesh.PointCount];
        var left = FirstOfLeftSide;
        for (var right = 0; right < FirstOfLeftSide; right++)
        {
            if (Array.BinarySearch(middle, right) >= 0)
                mirrored[right] = right;
            else
                (mirrored[right], mirrored[left]) = (left, right);
            left += mirrored[right] == right ? 0 : 1;
        }
        return mirrored;
    }

    private const int FirstOfLeftSide = 248;

    /// <summary>Outer corner of the lips on the person's left.</summary>
    public const int LeftMouthCorner = 291;

    /// <summary>Outer corner of the lips on the person's right.</summary>
    public const int RightMouthCorner = 61;

    /// <summary>Points on bridge, tip and wings of the nose; no outline: take the convex hull.</summary>
    public static ReadOnlySpan<int> Nose =>
        [168, 6, 197, 195, 5, 4, 1, 19, 94, 2, 98, 97, 326, 327, 294, 278, 344, 440, 275, 45, 220, 115, 48, 64];
}

using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>Names the part that every pixel of a portrait shows, from the shapes that the painters fill.</summary>
/// <param name="face">The head.</param>
/// <param name="hair">How much of a pixel hair in front of the head covers.</param>
/// <param name="brows">The same of the brows' hairs, blurred.</param>
internal sealed class PartLabeler(Face face, Plane<float> hair, Plane<float> brows)
{
    // In the order of BiSeNet; left and right are the person's own.
    private enum Part : byte
    {
        Background = 0,
        Skin = 1,
        LeftBrow = 2,
        RightBrow = 3,
        LeftEye = 4,
        RightEye = 5,
        LeftEar = 7,
        RightEar = 8,
        Nose = 10,
        UpperLip = 12,
        LowerLip = 13,
        Neck = 14,
        Clothes = 16,
        Hair = 17,
    }

    public Plane<byte> Label(Canvas canvas)
    {
        var labels = new Plane<byte>(canvas.Size, canvas.Size);
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
                labels[x, y] = (byte)PartAt(x, y);
        });
        return labels;
    }

    // Front to back.
    private Part PartAt(int x, int y)
    {
        var pixel = new Vector2(x + 0.5f, y + 0.5f);
        var p = face.Frame.ToFace(pixel);
        if (hair[x, y] >= PortraitSynthesizer.HairCover)
            return Part.Hair;
        // The picture's left is the person's right.
        var (brow, eye) = p.X < 0 ? (face.LeftBrow, face.LeftEye) : (face.RightBrow, face.RightEye);
        if (eye.Inside(p.X, p.Y) >= 0)
            return p.X < 0 ? Part.RightEye : Part.LeftEye;
        if (brow.Density(p.X, p.Y) > 0 || brows[x, y] >= PortraitSynthesizer.BrowCover)
            return p.X < 0 ? Part.RightBrow : Part.LeftBrow;
        return face.Cover(p.X, p.Y) >= 0.5f ? OnFace(p) : Around(pixel);
    }

    private Part OnFace(Vector2 p)
    {
        if (face.Mouth.Inside(p.X, p.Y) >= 0)
            return p.Y < face.Mouth.Line(p.X / face.Mouth.HalfWidth) ? Part.UpperLip : Part.LowerLip;
        return face.Nose.Inside(p.X, p.Y) >= 0 ? Part.Nose : Part.Skin;
    }

    private Part Around(Vector2 pixel)
    {
        var upright = face.Frame.ToUpright(pixel);
        if (face.Body.IsNearEar(upright) && face.Body.ToEar(upright).Length() <= 1)
            return upright.X < 0 ? Part.RightEar : Part.LeftEar;
        var body = face.Frame.ToBody(pixel);
        if (body.Y >= BodyShape.Top)
        {
            if (face.Body.InClothes(body) >= 0)
                return Part.Clothes;
            if (MathF.Abs(body.X) <= face.Body.HalfNeck(body.Y))
                return Part.Neck;
        }
        return face.Hair.Behind(upright) >= 0 ? Part.Hair : Part.Background;
    }
}

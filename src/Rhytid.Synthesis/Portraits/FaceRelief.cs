using static Rhytid.Synthesis.Portraits.Curves;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// The face as a height towards the camera, in eye distances. A half-egg carries hills and hollows named after what
/// they make; pores and wrinkles come later, they are finer than anything here.
/// </summary>
internal sealed class FaceRelief(
    Person person, HeadGeometry head, NoseShape nose, MouthShape mouth, EyeShape left, EyeShape right)
{
    private const float Depth = 1.12f;

    public float Height(float u, float v) =>
        Egg(u, v) + Bones(u, v) + Nose(u, v) + Eyes(u, v) + Lips(u, v) + Sagging(u, v);

    private float Egg(float u, float v)
    {
        var rho = head.Rho(u, v);
        if (rho >= 0.995f)
            return Depth * (0.13f - ((rho - 0.995f) * 6));
        return Depth * MathF.Pow(1 - MathF.Pow(rho, 2.7f), 0.48f);
    }

    private float Bones(float u, float v)
    {
        var l = person.FaceLength;
        var brow = 0.055f * person.BrowRidge * Hills(u, v, 0.42f, -0.29f, 0.30f, 0.10f);
        var glabella = 0.04f * person.BrowRidge * Hill(u, v + 0.27f, 0.16f, 0.13f);
        var forehead = 0.05f * Hills(u, v, 0.34f, -0.78f, 0.40f, 0.30f);
        var temples = -0.10f * Hills(u, v, 1.0f, -0.42f, 0.22f, 0.36f);
        var cheekbones = 0.085f * person.Cheekbones * Hills(u, v, 0.70f, 0.40f, 0.30f, 0.20f);
        var apples = 0.055f * Hills(u, v, 0.50f, 0.62f, 0.26f, 0.24f) * (1 + (0.6f * person.Smile));
        var hollows = -0.075f * Mix(0.6f, 1.4f, person.Angular) * Hills(u, v, 0.80f, 0.95f * l, 0.20f, 0.30f);
        var muzzle = 0.13f * Hill(u, v - (1.12f * l), 0.40f, 0.34f);
        var chin = 0.15f * person.Chin * Hill(u, v - (1.62f * l), 0.27f, 0.17f);
        var cleft = -0.065f * Hill(u, v - (1.385f * l), 0.30f, 0.065f);
        return brow + glabella + forehead + temples + cheekbones + apples + hollows + muzzle + chin + cleft;
    }

    private float Nose(float u, float v)
    {
        u -= nose.Shift(v);
        var w = person.NoseWidth;
        var (tip, under) = (nose.TipV, nose.BaseV);

        // The bridge rises from the root to the tip and ends under it; it widens on the way.
        var along = Math.Clamp((v + 0.16f) / (tip + 0.16f), 0, 1);
        var rise = person.NoseBridge * (0.10f * Step(-0.30f, 0.05f, v)) + (0.215f * MathF.Pow(along, 1.35f));
        var droop = 0.055f * Ridge(u, 0.095f * w);
        var end = Step(under - 0.005f, tip + 0.005f, v - droop);
        var width = Mix(0.082f, 0.125f, along) * Mix(1, w, along);
        var bridge = rise * end * Plateau(u, width * 1.22f);
        var sides = 0.085f * along * end * Ridge(u, 0.235f * w);

        var ball = 0.105f * Hill(u, v - (tip + 0.045f), 0.115f * w, 0.085f);
        var wings = 0.20f * Hills(u, v, nose.WingU * 0.88f, nose.WingV + 0.016f, 0.078f * w, 0.074f);
        var alarCrease = -0.058f * RingAroundWing(u, v, w);
        var septum = 0.06f * Hill(u, v - (under - 0.025f), 0.042f, 0.06f);
        var tear = -0.02f * Hills(u, v, 0.235f, 0.10f, 0.07f, 0.16f);
        return bridge + sides + ball + wings + alarCrease + septum + tear;
    }

    // A ridge with a rounder back than a Gaussian's.
    private static float Plateau(float x, float radius)
    {
        var a = x / radius;
        return a * a > 9 ? 0 : MathF.Exp(-MathF.Pow(a * a, 1.3f));
    }

    // The furrow behind a wing of the nose: a ring around the wing's middle, its outer and upper part only.
    private float RingAroundWing(float u, float v, float w)
    {
        var (a, b) = ((MathF.Abs(u) - (nose.WingU * 0.84f)) / (0.118f * w), (v - nose.WingV) / 0.112f);
        var radius = MathF.Sqrt((a * a) + (b * b));
        return Ridge(radius - 1, 0.24f) * Step(-0.1f, 0.5f, a) * Step(1.0f, 0.3f, b);
    }

    private float Eyes(float u, float v)
    {
        var age = person.Aging;
        var sockets = -0.105f * Hills(u, v, 0.50f, -0.02f, 0.27f, 0.165f);
        var inner = -0.082f * Hills(u, v, 0.21f, -0.045f, 0.085f, 0.12f);
        var balls = 0.115f * Hills(u, v, 0.50f, 0.0f, 0.20f, 0.135f);
        var trough = -0.022f * (1 + age) * Hills(u, v, 0.36f, 0.22f, 0.16f, 0.055f);
        var eye = u < 0 ? left : right;
        return sockets + inner + balls + trough + Lids(eye, u, v);
    }

    private static float Lids(EyeShape eye, float u, float v)
    {
        var p = eye.ToLocal(u, v);
        if (MathF.Abs(p.X) > 1.35f || MathF.Abs(p.Y) > 0.4f)
            return 0;
        var ends = Step(1.25f, 0.75f, MathF.Abs(p.X));
        var crease = p.Y - eye.Crease(p.X);
        // Below the fold the lid is a smooth roll, above it the skin of the brow hangs a little over.
        var fold = (-0.030f * Ridge(crease, 0.016f))
            + (0.022f * Step(0.02f, -0.03f, crease) * Ridge(crease + 0.04f, 0.07f));
        var lowerRoll = 0.014f * Ridge(p.Y - eye.LowerLid(p.X) - 0.035f, 0.03f);
        return ends * (fold + lowerRoll);
    }

    private float Lips(float u, float v)
    {
        var x = u / mouth.HalfWidth;
        var inside = MathF.Abs(x) < 1.25f ? Step(1.2f, 0.75f, MathF.Abs(x)) : 0;
        var corners = -0.040f * Hills(u, v, mouth.HalfWidth * 1.02f, mouth.Line(1) + 0.01f, 0.075f, 0.075f);
        var philtrum = -0.022f * Hill(u, v - (mouth.V - 0.20f), 0.036f, 0.09f)
            + (0.012f * Hills(u, v, 0.066f, mouth.V - 0.18f, 0.03f, 0.09f));
        if (inside <= 0)
            return corners + philtrum;
        var clamped = Math.Clamp(x, -1, 1);
        var line = mouth.Line(clamped);
        var (up, down) = (line - mouth.Top(clamped), mouth.Bottom(clamped) - line);
        var full = person.LipFullness;
        var thick = Step(1.02f, 0.68f, MathF.Abs(x));
        var upper = 0.050f * full * thick * Ridge(v - (line - (up * 0.42f)), (up * 0.62f) + 0.012f);
        var lower = 0.078f * full * thick * Ridge(v - (line + (down * 0.48f)), (down * 0.62f) + 0.012f);
        var seam = -0.040f * Ridge(v - line, 0.017f) * Step(1.08f, 0.85f, MathF.Abs(x));
        // The border of the upper lip is a fine raised rim.
        var rim = 0.006f * thick * Ridge(v - mouth.Top(clamped) + 0.012f, 0.014f);
        return corners + philtrum + (inside * (upper + lower + seam + rim));
    }

    /// <summary>What gravity does to soft tissue: bags, cheeks that hang over the folds, jowls.</summary>
    private float Sagging(float u, float v)
    {
        var age = person.Aging;
        var cheek = (0.016f + (0.050f * age)) * Hills(u, v, 0.56f, 0.86f, 0.17f, 0.24f);
        var fold = -(0.008f + (0.030f * age) + (0.016f * person.Smile)) * Hills(u, v, 0.43f, 0.96f, 0.075f, 0.17f);
        if (age <= 0)
            return cheek + fold;
        var bags = 0.026f * age * Hills(u, v, 0.47f, 0.175f, 0.20f, 0.07f);
        var underBags = -0.020f * age * Hills(u, v, 0.47f, 0.285f, 0.22f, 0.05f);
        var jowls = 0.055f * age * Hills(u, v, 0.60f, 1.46f, 0.17f, 0.15f);
        var beforeJowls = -0.035f * age * Hills(u, v, 0.40f, 1.55f, 0.08f, 0.15f);
        var hollows = -0.04f * age * Hills(u, v, 0.78f, 0.80f, 0.17f, 0.20f);
        return cheek + fold + bags + underBags + jowls + beforeJowls + hollows;
    }
}

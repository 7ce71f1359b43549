using Rhytid.Imaging;

namespace Rhytid.Faces.Parsing;

/// <summary>The parts of a face that a parser tells apart, in the order of BiSeNet.</summary>
public static class FaceParts
{
    private const float Opacity = 0.45f;

    // Left and right are the person's own; pairs have one hue.
    private static readonly (string Name, Rgb Color)[] All =
    [
        ("background", new(0, 0, 0)),
            ("skin", new(245, 200, 160)), ("left brow", new(120, 70, 20)), ("right brow", new(150, 95, 40)),
            ("left eye", new(40, 110, 230)),
            ("right eye", new(80, 150, 255)),
                ("glasses", new(0, 200, 200)), ("left ear", new(200, 120, 200)), ("right ear", new(225, 155, 225)),
                ("earring", new(255, 220, 0)),
                ("nose", new(255, 140, 60)),
                    ("mouth", new(120, 0, 30)), ("upper lip", new(220, 40, 80)), ("lower lip", new(240, 80, 120)),
                    ("neck", new(180, 220, 120)),
                    ("necklace", new(255, 250, 120)),
                        ("cloth", new(90, 160, 90)), ("hair", new(150, 60, 200)), ("hat", new(255, 60, 60)),
                    ];

    /// <summary>Names by class number.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(part => part.Name)];

    /// <summary>The pixels of some classes.</summary>
    public static Mask MaskOf(Plane<byte> labels, IReadOnlyCollection<int> classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        var mask = new Mask(labels.Width, labels.Height);
        var from = labels.Samples;
        var to = mask.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = classes.Contains(from[i]) ? Mask.Set : (byte)0;
        return mask;
    }

    /// <summary>The photo where a mask is set, black elsewhere: what networks that see skin alone are given.</summary>
    public static Image KeepOnly(Image photo, Mask inside)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(inside);
        var kept = photo.Clone();
        var pixels = kept.Samples;
        var mask = inside.Samples;
        for (var i = 0; i < mask.Length; i++)
            if (mask[i] == 0)
                pixels.Slice(3 * i, 3).Clear();
        return kept;
    }

    /// <summary>The photo with every part in a colour of its own; background as it was.</summary>
    public static Image Draw(Image photo, Plane<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(labels);
        var drawn = photo.Clone();
        var pixels = drawn.Samples;
        var classes = labels.Samples;
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == 0 || classes[i] >= All.Length)
                continue;
            var color = All[classes[i]].Color;
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) =
                (Mix(pixels[3 * i], color.Red), Mix(pixels[(3 * i) + 1], color.Green),
                    Mix(pixels[(3 * i) + 2], color.Blue));
        }
        return drawn;
    }

    private static byte Mix(byte under, byte over) => (byte)MathF.Round((under * (1 - Opacity)) + (over * Opacity));
}

using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

/// <summary>Reads CelebAMask-HQ label pictures, whose palette tells the classes apart.</summary>
internal static class CelebAMaskLabels
{
    private static readonly Rgb Skin = new(204, 0, 0);
    private static readonly Rgb Nose = new(76, 153, 0);

    public static Mask SkinAndNose(string path)
    {
        var labels = Image.Load(path);
        var mask = new Mask(labels.Width, labels.Height);
        var from = labels.Samples;
        var to = mask.Samples;
        for (var i = 0; i < to.Length; i++)
        {
            var color = new Rgb(from[3 * i], from[(3 * i) + 1], from[(3 * i) + 2]);
            if (color == Skin || color == Nose)
                to[i] = Mask.Set;
        }
        return mask;
    }
}

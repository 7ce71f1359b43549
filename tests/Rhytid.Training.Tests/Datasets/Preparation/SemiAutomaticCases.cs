using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

/// <summary>Samples and checks that several tests of semi-automatic labels share.</summary>
internal static class SemiAutomaticCases
{
    // A dark line in row 40 of a bright photo; the rough label is a band of 13 rows around it.
    internal static (Plane<byte> Photo, Mask Rough) LineUnderABand(int side)
    {
        var photo = new Plane<byte>(side, side);
        photo.Samples.Fill(180);
        photo.Row(40).Fill(70);
        var rough = new Mask(side, side);
        for (var y = 34; y <= 46; y++)
            rough.Row(y)[8..(side - 8)].Fill(Mask.Set);
        return (photo, rough);
    }
}

using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Models.Tests;

/// <summary>samples/portrait.png at half its size, as the golden values' Python saw it.</summary>
internal static class Portrait
{
    /// <summary>Pillow's BOX: rows first, then columns, rounded to whole levels both times.</summary>
    public static Image ShrunkByPillow()
    {
        var photo = Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"));
        var small = new Image(photo.Width / 2, photo.Height / 2);
        for (var y = 0; y < small.Height; y++)
        {
            for (var i = 0; i < 3 * small.Width; i++)
            {
                var left = (6 * (i / 3)) + (i % 3);
                int Across(ReadOnlySpan<byte> row) => (row[left] + row[left + 3] + 1) / 2;
                small.Row(y)[i] = (byte)((Across(photo.Row(2 * y)) + Across(photo.Row((2 * y) + 1)) + 1) / 2);
            }
        }
        return small;
    }
}

using Rhytid.Imaging;

namespace Rhytid.Cli.Tests.Commands.Data;

/// <summary>Small data sets for data commands.</summary>
internal static class DataTestSet
{
    /// <summary>images/, masks/ and skin_masks/ with ids 00000, 00001, ...; every photo another.</summary>
    public static string Write(string folder, int count, int side)
    {
        foreach (var name in new[] { "images", "masks", "skin_masks" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        for (var i = 0; i < count; i++)
        {
            TestPictures.Landscape(side + i, side + i)
                .Resize(side, side)
                .Save(Path.Combine(folder, "images", $"{i:D5}.png"));
            var mask = new Mask(side, side);
            mask.Row((i + 5) % side)[..(side / 2)].Fill(Mask.Set);
            mask.Save(Path.Combine(folder, "masks", $"{i:D5}.png"));
            Mask.Full(side, side).Save(Path.Combine(folder, "skin_masks", $"{i:D5}.png"));
        }
        return folder;
    }
}

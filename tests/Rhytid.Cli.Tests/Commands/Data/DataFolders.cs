using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

/// <summary>Small sets for the data commands.</summary>
internal static class DataFolders
{
    /// <summary>A plain set: landscapes with a band of wrinkle under a dark line.</summary>
    /// <param name="folder">Where it is made.</param>
    /// <param name="name">What its folder is called.</param>
    /// <param name="ids">Its ids.</param>
    /// <param name="bandRows">Height of the band, 0 for empty masks.</param>
    public static string Plain(TemporaryFolder folder, string name, string[] ids, int bandRows = 8)
    {
        foreach (var kind in new[] { "images", "masks" })
            Directory.CreateDirectory(folder[$"{name}/{kind}"]);
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
        {
            var photo = TestPictures.Landscape(120, 100 + index);
            photo.Row(50).Clear();
            photo.Save(folder[$"{name}/images/{id}.png"]);
            var mask = new Mask(photo.Width, photo.Height);
            for (var y = 0; y < bandRows; y++)
                mask.Row(50 - (bandRows / 2) + y).Fill(Mask.Set);
            mask.Save(folder[$"{name}/masks/{id}.png"]);
        }
        return folder[name];
    }

    /// <summary>A set of photos that nobody labelled.</summary>
    public static string Unlabelled(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder["unlabelled/images"]);
        TestPictures.Landscape(60, 50).Save(folder["unlabelled/images/a.png"]);
        return folder["unlabelled"];
    }
}

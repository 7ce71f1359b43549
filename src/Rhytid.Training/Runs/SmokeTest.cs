using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Synthesis.Portraits;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Runs;

/// <summary>
/// Runs a recipe small and short, on portraits of people who do not exist: whether everything fits together, not
/// whether it learns. A recipe that starts from another one's weights runs that one first.
/// </summary>
public static class SmokeTest
{
    private const int Portraits = 6;
    private const int Validated = 2;
    private const int Side = 128;

    /// <summary>The recipe with a narrow network, small pictures and two epochs; all else stays.</summary>
    public static Recipe Shrink(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var isTransformer = ModelCatalog.Get(recipe.Model).Choices.HasFlag(ModelChoices.Window);
        return recipe with
        {
            ModelOptions = recipe.ModelOptions with
            {
                Width = recipe.Model switch { _ when isTransformer => 6, "unetpp-resnext50" => 32, _ => 8 },
                Window = isTransformer ? 4 : recipe.ModelOptions.Window
            },
            Input = recipe.Input with { Size = Side },
            Patches = recipe.Patches is null ? null : recipe.Patches with { Size = Side / 2 },
            Fraction = 100,
            Epochs = 2,
            Batch = 2,
        };
    }

    /// <summary>Draws and packs the portraits: <c>faces.safetensors</c> and <c>split/</c>.</summary>
    /// <param name="folder">Where to; made when missing.</param>
    public static (string Pack, string Splits) MakeData(string folder)
    {
        var set = Path.Combine(folder, "faces");
        string[] kinds = ["images", "masks", "labels", "textures"];
        foreach (var kind in kinds)
            AtomicFile.MakeFolder(Path.Combine(set, kind));
        var ids =
            Enumerable.Range(0, Portraits).Select(seed => seed.ToString("D5", CultureInfo.InvariantCulture)).ToList();
        for (var seed = 0; seed < Portraits; seed++)
        {
            var portrait = PortraitSynthesizer.Draw(new PortraitOptions { Seed = seed, Age = 70, Size = Side });
            var texture = TextureMap.Compute(portrait.Image.ToGray(), portrait.SkinMask);
            byte[][] files =
            [
                portrait.Image.Encode(ImageFormat.Png), portrait.WrinkleMask.Encode(ImageFormat.Png),
                Labels(portrait.SkinMask).Encode(ImageFormat.Png), texture.Encode(ImageFormat.Png)
            ];
            AtomicFile.WriteAll(
                [.. kinds.Select((kind, i) => (Path.Combine(set, kind, $"{ids[seed]}.png"), files[i]))]);
        }
        var dataset = WrinkleDataset.Open(set);
        var pack = Path.Combine(folder, "faces.safetensors");
        new PackedDatasetWriter(dataset, new PackOptions { Size = Side, Labels = true, Overwrite = true }).Write(
            pack, dataset.Samples);
        var splits = Path.Combine(folder, "split");
        AtomicFile.MakeFolder(splits);
        AtomicFile.WriteText(Path.Combine(splits, "train.txt"), string.Join('\n', ids[..^Validated]) + "\n");
        AtomicFile.WriteText(Path.Combine(splits, "val.txt"), string.Join('\n', ids[^Validated..]) + "\n");
        return (pack, splits);
    }

    // 1 is skin.
    private static Plane<byte> Labels(Mask skin)
    {
        var labels = new Plane<byte>(skin.Width, skin.Height);
        for (var i = 0; i < labels.Samples.Length; i++)
            labels.Samples[i] = skin.Samples[i] != 0 ? (byte)1 : (byte)0;
        return labels;
    }
}

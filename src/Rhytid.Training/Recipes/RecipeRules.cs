namespace Rhytid.Training.Recipes;

/// <summary>What keys of a recipe must not say together: told before anything is read, not by the engine in the first step.</summary>
internal static class RecipeRules
{
    private const int Colours = 3;

    private static readonly string[] OfWrinkles = ["dice-c", "dice-sq", "dice", "focal", "bce", "wds", "cldice"];
    private static readonly string[] OfPictures = ["mse", "l1"];
    private static readonly string[] OfClasses = ["ohem"];

    /// <summary>Everything that does not go together, with the key that says it.</summary>
    public static IEnumerable<(string Key, string Problem)> Problems(Recipe recipe)
    {
        var (kind, channels) = (recipe.Objective.Kind, recipe.ModelOptions.OutChannels);
        var losses = kind switch { "wrinkles" => OfWrinkles, "parsing" => OfClasses, _ => OfPictures };
        foreach (var loss in recipe.Loss.Where(loss => !losses.Contains(loss.Id)))
            yield return ("loss", $"loss {loss.Id} does not belong to the objective {kind}, which has: {string.Join(", ", losses)}");
        if (recipe.Loss.Count > 0 && recipe.Loss.All(loss => loss.Weight == 0))
            yield return ("loss", "all losses weigh 0: nothing would be learned");
        if (recipe.Loss.Any(loss => loss.Id == "wds") && recipe.Model != "wds-unet")
            yield return ("loss", $"loss wds needs the four heads of wds-unet, not {recipe.Model}");
        if (recipe.Model == "bisenet" && kind != "parsing")
            yield return ("model", $"bisenet names parts of faces (objective parsing), it does not learn {kind}");
        var (least, most) = kind switch { "wrinkles" => (1, 2), "texture" => (1, 1), "parsing" => (2, 255), _ => (Colours, Colours) };
        if (channels < least || channels > most)
            yield return ("out-channels", $"out-channels is {channels}; the objective {kind} needs {(least == most ? least : $"{least} to {most}")}");
        if (recipe.ModelOptions.InChannels is not (Colours or Colours + 1))
            yield return ("in-channels", $"in-channels is {recipe.ModelOptions.InChannels}; there are 3 (colour) and 4 (colour and texture map)");
        if (recipe.Preprocessing.WholeTexture && recipe.ModelOptions.InChannels == Colours)
            yield return ("input", "input.texture says what the texture map covers, but the network has no fourth channel for one (in-channels: 4)");
        if (recipe.Patches is { } patches && patches.Size > recipe.Preprocessing.Size)
            yield return ("patches", $"patches of {patches.Size} pixels do not fit into pictures of {recipe.Preprocessing.Size}");
        if (recipe.Preprocessing.Threshold > 1)
            yield return ("input", $"the threshold is {recipe.Preprocessing.Threshold}; it lies between 0 and 1");
    }
}

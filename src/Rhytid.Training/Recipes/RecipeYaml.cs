using Rhytid.Training.Fields;
using Rhytid.Training.Yaml;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Recipes;

/// <summary>Reads and writes recipes by <see cref="RecipeKeys"/>.</summary>
internal static class RecipeYaml
{
    /// <param name="yaml">The text.</param>
    /// <param name="path">Its name in messages; its file name is the recipe's.</param>
    /// <param name="changes">Keys with dots and their values, as <c>--set</c> gives them.</param>
    /// <exception cref="RecipeException">Something is wrong with it; the message has all problems.</exception>
    public static Recipe Read(string yaml, string path, IReadOnlyList<(string Key, string Value)> changes)
    {
        var problems = new LineProblems(path);
        var root = YamlText.Root(yaml, problems, "the recipe is empty");
        ThrowIfAny(problems);
        foreach (var (key, value) in changes)
            Change(root!, key, value, problems);
        var fields = new YamlFields(root!, "the recipe", [.. RecipeKeys.All.Select(field => field.Key)], problems);
        var recipe = Section.Read(new Recipe { Name = Path.GetFileNameWithoutExtension(path) }, fields, RecipeKeys.All);
        // Rules between values make sense once all of these could be read.
        if (problems.Count == problems.UnknownKeys)
            foreach (var field in RecipeKeys.All)
                field.Check(recipe, fields);
        ThrowIfAny(problems);
        return recipe;
    }

    /// <summary>Every key, a line each.</summary>
    public static string Write(Recipe recipe) =>
        string.Concat(Section.Write(recipe, RecipeKeys.All).Select(entry => $"{entry.Key}: {entry.Value}\n"));

    private static void ThrowIfAny(LineProblems problems)
    {
        if (problems.Summary is { } summary)
            throw new RecipeException(summary);
    }

    // A change goes into the tree before it is read, so that a wrong one is told like a wrong line.
    private static void Change(YamlNode root, string key, string value, LineProblems problems)
    {
        var (node, parts) = (root, key.Split('.'));
        for (var i = 0; i < parts.Length - 1 && node is YamlMappingNode mapping; i++)
        {
            var part = new YamlScalarNode(parts[i]);
            if (!mapping.Children.TryGetValue(part, out var child))
                mapping.Children[part] = child = new YamlMappingNode();
            else if (i > 0 && child is YamlScalarNode weight) // a loss's weight becomes one of its keys
                mapping.Children[part] = child = LossTerm.Mapping(weight);
            node = child;
        }
        if (node is YamlMappingNode last && parts.All(part => part.Length > 0))
            last.Children[new YamlScalarNode(parts[^1])] = new YamlScalarNode(value);
        else
            problems.Add(0, $"--set {key}: there is no place for it in the recipe");
    }
}

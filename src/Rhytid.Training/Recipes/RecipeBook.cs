using System.Reflection;

namespace Rhytid.Training.Recipes;

/// <summary>The recipes of the publications, which come with the program, and recipes of users.</summary>
public static class RecipeBook
{
    private const string Prefix = "recipes/";
    private const string Extension = ".yaml";

    private static readonly Assembly Own = typeof(RecipeBook).Assembly;

    /// <summary>The names of the recipes that come with the program.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Own.GetManifestResourceNames()
        .Where(name =>
            name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Reads a recipe.</summary>
    /// <param name="nameOrFile">The name of one of <see cref="Names"/>, or a YAML file.</param>
    /// <param name="changes">Keys with dots and their values: ("optimizer.learning-rate", "1e-3").</param>
    /// <exception cref="RecipeException">There is none, or something is wrong with it.</exception>
    public static Recipe Load(string nameOrFile, params IReadOnlyList<(string Key, string Value)> changes)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrFile);
        return RecipeYaml.Read(Text(nameOrFile), nameOrFile, changes);
    }

    /// <summary>The YAML of a recipe.</summary>
    /// <exception cref="RecipeException">There is none.</exception>
    public static string Text(string nameOrFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrFile);
        if (Names.Contains(nameOrFile))
        {
            using var reader = new StreamReader(Own.GetManifestResourceStream(Prefix + nameOrFile + Extension)!);
            return reader.ReadToEnd();
        }
        if (!File.Exists(nameOrFile))
            throw new RecipeException(
                $"there is no recipe '{nameOrFile}', neither a file nor one of: {string.Join(", ", Names)}");
        try
        {
            return File.ReadAllText(nameOrFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException($"{nameOrFile}: the recipe cannot be read ({error.Message})", error);
        }
    }
}

/// <summary>A recipe is not as it should be. The message names everything that is wrong with it, in one line.</summary>
public sealed class RecipeException : RhytidException
{
    /// <summary>With a message.</summary>
    public RecipeException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public RecipeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

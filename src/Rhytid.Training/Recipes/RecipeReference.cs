using Rhytid.Training.Fields;

namespace Rhytid.Training.Recipes;

/// <summary>The generated part of docs/reference/recipes.md.</summary>
internal static class RecipeReference
{
    /// <summary>Tables of all keys and of the kinds that some of them choose from.</summary>
    public static string ToMarkdown() => $"""
        ## Keys

        | key | what | values | unless told |
        |---|---|---|---|
        {Lines(RecipeKeys.All.SelectMany(field => field.Rows(new Recipe { Name = "" }, "")).Select(Row))}

        ## Kinds

        | of | kind | what |
        |---|---|---|
        {Lines(RecipeKeys.All.SelectMany(field => field.Kinds.Select(kind => Row(field, kind))))}
        """;

    private static string Row(Field field, IKind kind) => $"| `{field.Key}` | `{kind.Id}` | {kind.Description} |";

    private static string Row(FieldRow row) =>
        $"| `{row.Key}` | {row.Description} | {row.Values} | {row.Default.Trim('"')} |";

    private static string Lines(IEnumerable<string> rows) => string.Join('\n', rows);
}

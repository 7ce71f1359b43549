using System.Text.RegularExpressions;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests;

/// <summary>
/// The folders of a project depend on one another in one direction, as their files' <c>using</c> lines say.
/// </summary>
public sealed partial class FolderDependencyTests
{
    // Folders that may depend on each other, each with the reason.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["Rhytid.Training.Recipes -> Rhytid.Training.Runs"] = "a recipe makes the plan of a run",
        ["Rhytid.Training.Runs -> Rhytid.Training.Recipes"] = "a run is made of a recipe",
    };

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_circle_runs_between_the_folders_of_a_project(string project)
    {
        var files =
            Directory.GetFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
                .Select(SourceFile.Read).ToList();
        var edges = files.SelectMany(file => file.Usings
                .SelectMany(used => files.Where(other => other.Namespace == used && other.Namespace != file.Namespace))
                .Select(other => (From: file, To: other)))
            .GroupBy(edge => (From: edge.From.Namespace, To: edge.To.Namespace))
            .ToDictionary(group => group.Key, group => group.First().From.Path);
        var circles = edges.Keys
            .Where(edge =>
                Reaches(edges.Keys, edge.To, edge.From) && !Exceptions.ContainsKey($"{edge.From} -> {edge.To}"))
            .Select(edge => $"{edge.From} -> {edge.To} ({Path.GetRelativePath(Repository.Root, edges[edge])})")
            .Order(StringComparer.Ordinal);
        Assert.True(!circles.Any(), "folders depend on each other in a circle:\n" + string.Join('\n', circles));
    }

    private static bool Reaches(IReadOnlyCollection<(string From, string To)> edges, string start, string goal)
    {
        var seen = new HashSet<string> { start };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var place))
            foreach (var next in edges.Where(edge => edge.From == place).Select(edge => edge.To))
                if (seen.Add(next))
                    open.Enqueue(next);
        return seen.Contains(goal);
    }

    private sealed partial record SourceFile(string Path, string Namespace, IReadOnlyList<string> Usings)
    {
        public static SourceFile Read(string path)
        {
            var text = File.ReadAllText(path);
            return new SourceFile(path, NamespaceLine().Match(text).Groups[1].Value,
                [.. UsingLine().Matches(text)
                    .Select(match => match.Groups[1].Success ? Parent(match.Groups[2].Value) : match.Groups[2].Value)]);
        }

        [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        // "using static" and aliases name a type of the namespace.
        [GeneratedRegex(@"^using (static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
        private static partial Regex UsingLine();

        private static string Parent(string type) => type[..Math.Max(0, type.LastIndexOf('.'))];
    }
}

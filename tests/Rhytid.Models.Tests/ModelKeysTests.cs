using Rhytid.Tests.Shared;

namespace Rhytid.Models.Tests;

[Collection(ModelTests.OneAtATime)]
public class ModelKeysTests
{
    public static TheoryData<string> Models =>
        [.. Directory.GetFiles(GoldenFolder.PathOf("models"), "*.keys.txt")
            .Order(StringComparer.Ordinal)
            .Select(file => Path.GetFileName(file)[..^".keys.txt".Length])];

    [Theory]
    [MemberData(nameof(Models))]
    public void Names_and_shapes_are_those_of_the_checkpoints(string model)
    {
        var lines = File.ReadAllLines(GoldenFolder.PathOf("models", $"{model}.keys.txt"));
        var (id, options) = GoldenWeights.OptionsOf(model, null);
        // The published weights of Swin-T have windows of 7.
        if (id == "swin-unetr-t")
            options = options with { Window = 7 };
        using var network = Rhytid.Models.ModelCatalog.Create(
            id, options with
            {
                InChannels = (int)Sizes(lines[0])[1],
                OutChannels = (int)Sizes(lines[^1])[0]
            }, initialize: false);
        var actual = network.Parameters.Entries.Select(entry => $"{entry.Name} {Text(entry.Tensor.Shape)}");
        Assert.Equal(lines.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    private static string Text(long[] shape) => shape.Length == 0 ? "scalar" : string.Join('x', shape);

    private static long[] Sizes(string line) =>
        [.. line.Split(' ')[1].Split('x').Select(size => long.Parse(size, null))];
}

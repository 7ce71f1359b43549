using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>Recognises the architecture of weights by the names and shapes of their tensors.</summary>
public static class ModelMatcher
{
    private static readonly int[] PossibleInputs = [3, 4];
    private static readonly int[] PossibleOutputs = [1, 2, 3, 19];

    /// <summary>The architecture that has exactly these tensors, or null.</summary>
    /// <param name="tensors">As a file has them; wrappers such as <c>module.</c> do not matter.</param>
    public static (string Model, ModelOptions Options)? Find(IReadOnlyList<StoredTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = tensors.Select(tensor => tensor.Name).ToList();
        foreach (var model in ModelCatalog.All)
        {
            using var standard = ModelCatalog.Create(
                model.Id, new ModelOptions { OutChannels = model.DefaultOutChannels }, initialize: false);
            var prefix = KeyPrefix.Find(names, name => standard.Parameters.Find(name) is not null);
            var stored = tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(tensor => tensor.Name[prefix.Length..]);
            if (!HasNamesOf(standard, stored) || stored.Count > standard.Parameters.Entries.Count)
                continue;
            foreach (var options in Variants(model, standard, stored))
            {
                using var network = ModelCatalog.Create(model.Id, options, initialize: false);
                if (network.Parameters.Entries.All(
                    entry =>
                        !stored.TryGetValue(entry.Name, out var tensor)
                            || tensor.Shape.SequenceEqual(entry.Tensor.Shape)))
                    return (model.Id, options);
            }
        }
        return null;
    }

    private static bool HasNamesOf(Network network, Dictionary<string, StoredTensor> stored) =>
        network.Parameters.Entries.All(
            entry => stored.ContainsKey(entry.Name) || CheckpointImporter.IsOptional(entry.Name));

    // The width shows in the first convolution, the channels are few.
    private static IEnumerable<ModelOptions> Variants(
        ModelDescription model, Network standard, Dictionary<string, StoredTensor> stored)
    {
        int?[] widths = [null];
        if (model.Choices.HasFlag(ModelChoices.Width))
        {
            var first = standard.Parameters.Parameters.First(entry => entry.Tensor.Dimensions == 4);
            var given = stored[first.Name].Shape;
            if (given.Count == 4 && given[0] != first.Tensor.Size(0) && given[0] is > 0 and <= 4096)
                widths = [(int)given[0]];
        }
        return from width in widths
               from inputs in PossibleInputs
               from outputs in PossibleOutputs
               select new ModelOptions { InChannels = inputs, OutChannels = outputs, Width = width };
    }
}

using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>Fills a network from a checkpoint by the names of its tensors, and says what became of each.</summary>
public static class CheckpointImporter
{
    // Counters and tables that older versions did not save; the network computes them itself.
    private static readonly string[] Optional = ["num_batches_tracked", "relative_position_index"];

    /// <summary>Fills the network. It is untouched where this throws.</summary>
    /// <param name="file">The checkpoint; wrappers such as <c>model.</c> and <c>module.</c> are stripped.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="network">The network to fill.</param>
    /// <param name="options">What may be done beside copying.</param>
    /// <exception cref="CheckpointException">Something is missing, left over or of another shape, and the options do
    /// not allow it.</exception>
    public static LoadReport Import(CheckpointFile file, string path, Network network, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(network);
        options ??= ImportOptions.Exact;
        var place = options.Into.Length == 0 ? "" : options.Into + ".";
        var targets = network.Parameters.Entries.Where(entry => entry.Name.StartsWith(place, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name[place.Length..]);
        if (targets.Count == 0)
            throw new CheckpointException(path, $"the network has nothing under '{options.Into}'");
        var prefix = KeyPrefix.Find(
            [.. file.Tensors.Select(tensor => tensor.Name)],
            name => options.Rename(name) is { } known && targets.ContainsKey(known));
        var renamed =
            file.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(tensor => (Name: options.Rename(tensor.Name[prefix.Length..]), Tensor: tensor))
                .ToList();
        var unplaced = renamed.Where(pair => pair.Name is null).Select(pair => pair.Tensor.Name).ToList();
        var stored = renamed.Where(pair => pair.Name is not null).ToDictionary(pair => pair.Name!, pair => pair.Tensor);
        if (options.AllowMissing && !stored.Keys.Any(targets.ContainsKey))
            throw new CheckpointException(path, $"has nothing that the network has under '{options.Into}'");

        var plan = new ImportPlan(path, network, options);
        foreach (var (name, target) in targets)
        {
            if (stored.TryGetValue(name, out var source))
                plan.Add(target, source);
            else
                plan.AddMissing(target, options.AllowMissing || IsOptional(name));
        }
        plan.AddUnused([.. unplaced]);
        plan.AddUnused([.. stored.Keys.Where(name => !targets.ContainsKey(name))]);
        // Optimizer state and the like beside the network's dictionary is no error.
        plan.AddOutside(
            [.. file.Tensors.Where(tensor => !tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(tensor => tensor.Name)]);
        plan.AddKept(
            [.. network.Parameters.Entries.Where(entry => !entry.Name.StartsWith(place, StringComparison.Ordinal))
                .Select(entry => entry.Name)]);
        return plan.Run();
    }

    internal static bool IsOptional(string name) => Array.Exists(Optional, name.EndsWith);
}

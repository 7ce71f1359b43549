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
    /// <exception cref="CheckpointException">Something is missing, left over or of another shape, and the options do not allow it.</exception>
    public static LoadReport Import(CheckpointFile file, string path, Network network, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(network);
        options ??= ImportOptions.Exact;
        var place = options.Into.Length == 0 ? "" : options.Into + ".";
        var targets = network.Parameters.Entries.Where(entry => entry.Name.StartsWith(place, StringComparison.Ordinal)).ToDictionary(entry => entry.Name[place.Length..]);
        if (targets.Count == 0)
            throw new CheckpointException(path, $"the network has nothing under '{options.Into}'");
        var prefix = KeyPrefix.Find([.. file.Tensors.Select(tensor => tensor.Name)], targets.ContainsKey);
        var stored = file.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(tensor => tensor.Name[prefix.Length..]);

        var plan = new ImportPlan(path, network, options);
        foreach (var (name, target) in targets)
        {
            if (stored.TryGetValue(name, out var source))
                plan.Add(target, source);
            else
                plan.AddMissing(target, IsOptional(name));
        }
        plan.AddUnused([.. stored.Keys.Where(name => !targets.ContainsKey(name))]);
        // Optimizer state and the like beside the network's dictionary is no error.
        plan.AddOutside([.. file.Tensors.Where(tensor => !tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor.Name)]);
        plan.AddKept([.. network.Parameters.Entries.Where(entry => !entry.Name.StartsWith(place, StringComparison.Ordinal)).Select(entry => entry.Name)]);
        return plan.Run();
    }

    internal static bool IsOptional(string name) => Array.Exists(Optional, name.EndsWith);
}

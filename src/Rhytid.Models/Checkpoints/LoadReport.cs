using System.Text;

namespace Rhytid.Models;

/// <summary>What became of every tensor of a checkpoint and of the network.</summary>
/// <param name="Copied">Names whose values were taken over.</param>
/// <param name="Adapted">Names whose values were changed to fit, with the change.</param>
/// <param name="Reinitialized">Names of the network that keep their starting values although the file has another shape
/// for them.</param>
/// <param name="Kept">Names of the network that the file does not have and need not have.</param>
/// <param name="Unused">Names of the file that the network does not have.</param>
public sealed record LoadReport(
    IReadOnlyList<string> Copied, IReadOnlyList<AdaptedTensor> Adapted, IReadOnlyList<string> Reinitialized,
    IReadOnlyList<string> Kept, IReadOnlyList<string> Unused)
{
    /// <summary>One line of counts, then the names of all that was not simply copied.</summary>
    public override string ToString()
    {
        var text =
            new StringBuilder(
                $"{Copied.Count} copied, {Adapted.Count} adapted, {Reinitialized.Count} re-initialised, {Kept.Count} kept, {Unused.Count} unused");
        foreach (var tensor in Adapted)
            text.Append($"\n  adapted         {tensor.Name}: {tensor.Change}");
        foreach (var name in Reinitialized)
            text.Append($"\n  re-initialised  {name}");
        // A whole decoder that keeps its start is one fact, not two hundred.
        foreach (var (kind, names) in new[] { ("kept", Kept), ("unused", Unused) })
            foreach (var group in names.GroupBy(name => name.Split('.')[0]))
                text.Append(
                    $"\n  {kind,-15} {(group.Count() <= 3 ? string.Join(", ", group) : $"{group.Key}.* ({group.Count()} tensors)")}");
        return text.ToString();
    }
}

/// <summary>A tensor that was changed to fit.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Change">What was done, in words.</param>
public sealed record AdaptedTensor(string Name, string Change);

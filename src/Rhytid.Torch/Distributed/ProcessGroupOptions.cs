using System.Globalization;

namespace Rhytid.Torch.Distributed;

/// <summary>Which one of how many processes this is, and where they meet.</summary>
public sealed record ProcessGroupOptions
{
    /// <summary>
    /// This process's number: 0 to <see cref="WorldSize"/> - 1. Rank 0 is the one that others meet at.
    /// </summary>
    public required int Rank { get; init; }

    /// <summary>How many processes there are.</summary>
    public required int WorldSize { get; init; }

    /// <summary>Name or address of the machine that rank 0 runs on.</summary>
    public required string MasterAddress { get; init; }

    /// <summary>A port of that machine that is free, and open to the others.</summary>
    public required int MasterPort { get; init; }

    /// <summary>What carries the tensors.</summary>
    public CollectiveBackend Backend { get; init; } = CollectiveBackend.Gloo;

    /// <summary>
    /// How long a process waits for the others, at the start and in each call: 30 minutes, because one may validate
    /// while the others wait. A process that ends is noticed at once; this bounds the wait for a machine that is
    /// silent.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Reads what torchrun and most schedulers set: RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT. Where MASTER_ADDR is
    /// set, Slurm's SLURM_PROCID and SLURM_NTASKS stand in for the first two; alone they mean nothing, because every
    /// job of Slurm has them.
    /// </summary>
    /// <returns>Null when none of the four is set: this process is alone.</returns>
    /// <exception cref="FormatException">Some are set and others missing, or a value makes no sense: the message names
    /// all of them.</exception>
    public static ProcessGroupOptions? FromEnvironment() => From(Environment.GetEnvironmentVariable);

    internal static ProcessGroupOptions? From(Func<string, string?> variable)
    {
        string? Value(string name) =>
            variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        string[] names = ["RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"];
        if (names.All(name => Value(name) is null))
            return null;
        var problems = new List<string>();
        int Number(string name, string? fallback, int least, int most)
        {
            var used = Value(name) is null && fallback is not null && Value(fallback) is not null ? fallback : name;
            if (Value(used) is not { } text)
                problems.Add($"{name} is not set");
            else if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < least
                || number > most)
                problems.Add($"{used}={text} is no number from {least} to {most}");
            else
                return number;
            return least;
        }
        var size = Number("WORLD_SIZE", "SLURM_NTASKS", 1, 1 << 16);
        var rank = Number("RANK", "SLURM_PROCID", 0, problems.Count > 0 ? 1 << 16 : size - 1);
        var address = Value("MASTER_ADDR");
        if (address is null)
            problems.Add("MASTER_ADDR is not set");
        var port = Number("MASTER_PORT", null, 1, 65535);
        if (problems.Count > 0)
            throw new FormatException($"the variables of a run in many processes: {string.Join("; ", problems)}");
        return new ProcessGroupOptions { Rank = rank, WorldSize = size, MasterAddress = address!, MasterPort = port };
    }
}

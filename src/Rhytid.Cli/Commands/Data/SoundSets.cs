using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>Reads sets before they are used, so that nothing is made of damaged files.</summary>
internal static class SoundSets
{
    /// <summary>Reads every file of some sets.</summary>
    public static Task<IReadOnlyList<DatasetCheck>> CheckAsync(
        IReadOnlyList<WrinkleDataset> sets, int threads, CancellationToken token)
    {
        var count = sets.Sum(set => set.Samples.Count);
        ThreadShare.Set(count, threads);
        return PhotoProgress.RunAsync("reading", count, done => DatasetCheck.Run(sets, threads, done, token));
    }

    /// <summary>Reads the labelled samples of some sets: a sample is used whole or not at all.</summary>
    public static Task<IReadOnlyList<DatasetCheck>> CheckLabelledAsync(
        IEnumerable<WrinkleDataset> sets, int threads, CancellationToken token) =>
        CheckAsync([.. sets.Select(set => set.Where(sample => sample[Channel.Wrinkles] is not null))], threads, token);

    /// <summary>Names every sample that cannot be used.</summary>
    /// <returns>The exit code: failure where there was one.</returns>
    public static int TellDamage(IEnumerable<DatasetFinding> damage)
    {
        var code = ExitCodes.Done;
        foreach (var finding in damage)
        {
            Messages.Error($"{finding.Id} is left out: {finding.Message}");
            code = ExitCodes.SomeFailed;
        }
        return code;
    }
}

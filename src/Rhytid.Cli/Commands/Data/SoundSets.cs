using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>Reads sets before they are used, so that nothing is made of damaged files.</summary>
internal static class SoundSets
{
    /// <summary>Reads every file of some sets.</summary>
    public static async Task<List<DatasetCheck>> CheckAsync(
        IReadOnlyList<WrinkleDataset> sets, int threads, CancellationToken token)
    {
        var checks = new List<DatasetCheck>();
        var count = sets.Sum(set => set.Samples.Count);
        ThreadShare.Set(count, threads, usesTorch: false);
        await PhotoProgress.RunAsync("reading", count, done => Task.Run(() =>
        {
            foreach (var set in sets)
                checks.Add(DatasetCheck.Run(set, threads, done, token));
        }, token));
        return checks;
    }

    /// <summary>Names every sample that cannot be used.</summary>
    /// <returns>The exit code: failure where there was one.</returns>
    public static int TellDamage(IEnumerable<DatasetCheck> checks)
    {
        var code = ExitCodes.Done;
        foreach (var finding in checks.SelectMany(check => check.Damage))
        {
            Messages.Error($"{finding.Id} is left out: {finding.Message}");
            code = ExitCodes.SomeFailed;
        }
        return code;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Fetching;
using Spectre.Console;

namespace Rhytid.Cli.Terminal;

/// <summary>How downloads go: a bar with speed and remaining time on a terminal; elsewhere a line at most every ten seconds.</summary>
internal sealed class TransferProgress : IFetchProgress
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, double> _shares = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _printing = new();
    private TimeSpan _lastLine;
    private long _bytes;
    private int _expected;
    private int _done;
    private int _skipped;

    /// <summary>Runs the work, showing how it goes.</summary>
    public static async Task<T> RunAsync<T>(string title, Func<IFetchProgress, Task<T>> work)
    {
        var progress = new TransferProgress();
        if (!Messages.IsTerminal)
            return await work(progress);
        return await Messages.ForPeople.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
                var running = work(progress);
                while (await Task.WhenAny(running, Task.Delay(BetweenLooks)) != running)
                    (bar.Value, bar.Description) = (progress.Share, Markup.Escape($"{title}: {progress.Describe()}"));
                return await running;
            });
    }

    public void Expect(int files) => Interlocked.Add(ref _expected, files);

    public void Received(string name, int received, long present, long? total)
    {
        Interlocked.Add(ref _bytes, received);
        _shares[name] = total is > 0 ? Math.Min(1, (double)present / total.Value) : 0;
        PrintNowAndThen();
    }

    public void Done(FetchResult result)
    {
        _shares.TryRemove(result.Id, out _);
        if (result.Outcome == FetchOutcome.AlreadyThere)
            Interlocked.Increment(ref _skipped);
        Interlocked.Increment(ref _done);
        PrintNowAndThen();
    }

    private double Share => _expected == 0 ? 0 : Math.Min(1, (_done + _shares.Values.Sum()) / _expected);

    private string Describe()
    {
        var seconds = Math.Max(0.001, _watch.Elapsed.TotalSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{_done} of {_expected} files, {_bytes / 1e6 / seconds:0.0} MB/s{Remaining(seconds)}");
    }

    // What was there already took no time, so it says nothing of the time to come.
    private string Remaining(double seconds)
    {
        var fresh = _done - _skipped + _shares.Values.Sum();
        var left = _expected - _skipped - fresh;
        return fresh <= 0 || left <= 0 ? "" : $", {TimeSpan.FromSeconds(Math.Min(8.6e6, Math.Round(seconds * left / fresh))):c} left";
    }

    private void PrintNowAndThen()
    {
        if (Messages.IsTerminal)
            return;
        lock (_printing)
        {
            if (_watch.Elapsed - _lastLine < BetweenLines)
                return;
            _lastLine = _watch.Elapsed;
        }
        Messages.Info($"{Describe()} ({ByteSize.Format(_bytes)})");
    }
}

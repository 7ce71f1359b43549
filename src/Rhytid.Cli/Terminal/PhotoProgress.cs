using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rhytid.Cli.Terminal;

/// <summary>
/// A bar with the rate and the remaining time on a terminal; plain lines elsewhere; silence for a single photo.
/// </summary>
internal static class PhotoProgress
{
    // In a log a line for each of a few photos is welcome, and of fifty thousand is not.
    private const int MostLinesOfTheirOwn = 20;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    /// <summary>Runs work over many items.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="work">Does them; calls the given action with an item's name after each, from any thread.</param>
    public static async Task RunAsync(string title, int count, Func<Action<string>, Task> work)
    {
        if (count <= 1)
        {
            await work(_ => { });
            return;
        }
        if (!Messages.IsTerminal)
        {
            await RunWithLinesAsync(title, count, work);
            return;
        }
        await Messages.ForPeople.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(),
                new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: count);
                await work(_ => task.Increment(1));
            });
    }

    /// <summary>Runs work that answers, away from the thread that draws.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="work">Does them; calls the given action with an item's name after each, from any thread.</param>
    public static async Task<T> RunAsync<T>(string title, int count, Func<Action<string>, T> work)
    {
        T result = default!;
        await RunAsync(title, count, done => Task.Run(() => { result = work(done); }));
        return result;
    }

    private static async Task RunWithLinesAsync(string title, int count, Func<Action<string>, Task> work)
    {
        var watch = Stopwatch.StartNew();
        var (done, next, gate) = (0, BetweenLines, new Lock());
        await work(name =>
        {
            lock (gate)
            {
                done++;
                if (count <= MostLinesOfTheirOwn)
                {
                    Messages.Info($"[{done}/{count}] {name}");
                }
                else if (watch.Elapsed >= next || done == count)
                {
                    next = watch.Elapsed + BetweenLines;
                    var rate = done / watch.Elapsed.TotalSeconds;
                    var left = TimeSpan.FromSeconds((count - done) / rate);
                    Messages.Info(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{title}: {done}/{count}, {rate:0.0} images/s, {left:hh\\:mm\\:ss} left"));
                }
            }
        });
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
            return new Text(
                seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{task.Value / seconds:0.0} images/s") : "",
                new Style(Color.Grey));
        }
    }
}

using Spectre.Console;

namespace Rhytid.Cli.Terminal;

/// <summary>A bar with the remaining time on a terminal; a plain line per photo elsewhere; silence for a single photo.</summary>
internal static class PhotoProgress
{
    /// <summary>Runs work over many items.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="work">Does them; calls the given action with an item's name after each.</param>
    public static async Task RunAsync(string title, int count, Func<Action<string>, Task> work)
    {
        if (count <= 1)
        {
            await work(_ => { });
            return;
        }
        if (!Messages.IsTerminal)
        {
            var done = 0;
            await work(name => Messages.Info($"[{Interlocked.Increment(ref done)}/{count}] {name}"));
            return;
        }
        await Messages.ForPeople.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: count);
                await work(_ => task.Increment(1));
            });
    }
}

using System.Diagnostics;
using Rhytid.Torch;

namespace Rhytid.Cli;

/// <summary>
/// Installs libtorch and builds its binding when a command needs them for the first time; most commands never do.
/// </summary>
internal static class LibtorchSetup
{
    /// <summary>Where the program was started by <c>./rhytid</c> of a source tree, whose scripts do the work.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable("RHYTID_COMMAND") is { } command
            && Path.GetDirectoryName(Path.GetFullPath(command)) is { } root
            && File.Exists(Path.Combine(root, "eng", "build-torch")))
            TorchRuntime.ProvideLibrary = () => Provide(root);
    }

    /// <summary>Whether the binding was built.</summary>
    public static bool IsDone => File.Exists(Library);

    private static string Library => Path.Combine(AppContext.BaseDirectory, "librhytid_torch.so");

    private static string? Provide(string root)
    {
        Messages.Info("This needs libtorch; it is installed and its binding built, once, in a few minutes.");
        foreach (var (script, argument) in new[] { ("setup", "torch"), ("build-torch", AppContext.BaseDirectory) })
        {
            using var process = Process.Start(
                new ProcessStartInfo(Path.Combine(root, "eng", script), [argument]) { UseShellExecute = false })!;
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                Messages.Warning("libtorch's binding was not finished; the same command tries again");
                return null;
            }
        }
        return Library;
    }
}

using Rhytid.Cli.Terminal;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Training;

/// <summary>The processes that a scheduler or torchrun started together, from the variables that it set.</summary>
internal static class TrainingGroup
{
    /// <summary>Meets the others.</summary>
    /// <param name="device">Where this process computes.</param>
    /// <param name="timeout">How long to wait for the others, now and in each step; null for the default.</param>
    /// <param name="token">Stops waiting.</param>
    /// <returns>Null for a process that was started alone.</returns>
    /// <exception cref="CommandException">The variables are half set or wrong, or the others did not come.</exception>
    public static ProcessGroup? Join(Device device, TimeSpan? timeout, CancellationToken token)
    {
        var options = Options();
        if (options is null or { WorldSize: 1 })
            return null;
        if (!ProcessGroup.Has(CollectiveBackend.Gloo) && !ProcessGroup.Has(CollectiveBackend.Nccl))
            throw new CommandException(
                "this build cannot join processes; install libgloo-dev and build again, or unset RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT",
                ExitCodes.NotInstalled);
        options = options with
        {
            Backend = device.IsCuda && ProcessGroup.Has(CollectiveBackend.Nccl)
                ? CollectiveBackend.Nccl
                : CollectiveBackend.Gloo,
            Timeout = timeout ?? options.Timeout,
        };
        if (options.Rank == 0)
            Messages.Info(
                $"waiting for {options.WorldSize - 1} more process{(options.WorldSize > 2 ? "es" : "")} at {options.MasterAddress}:{options.MasterPort}");
        try
        {
            return ProcessGroup.Join(options, token);
        }
        catch (TorchException error)
        {
            throw new CommandException(error.Message.Split('\n')[0], ExitCodes.SomeFailed);
        }
    }

    /// <summary>
    /// The CUDA device of this process where none is chosen by number: each process of a machine has its own.
    /// </summary>
    public static string DeviceName(string asked)
    {
        var local = Environment.GetEnvironmentVariable("LOCAL_RANK")
            ?? Environment.GetEnvironmentVariable("SLURM_LOCALID");
        return asked == "cuda"
            && int.TryParse(local, out var number)
            && Options() is { WorldSize: > 1 }
            && TorchRuntime.CudaDevices > 0
            ? $"cuda:{number % TorchRuntime.CudaDevices}"
            : asked;
    }

    private static ProcessGroupOptions? Options()
    {
        try
        {
            return ProcessGroupOptions.FromEnvironment();
        }
        catch (FormatException error)
        {
            throw new CommandException(error.Message);
        }
    }
}

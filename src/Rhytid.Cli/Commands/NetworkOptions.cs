using System.CommandLine;
using Rhytid.Models;
using Rhytid.Segmentation.Networks;
using Rhytid.Shipped;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands;

/// <summary><c>--precision</c>, <c>--device</c>: how a trained network is run.</summary>
internal sealed class NetworkRunOptions(CliCommand command)
{
    private readonly Setting<Precision> _precision = command.Choice(
        "--precision", "Bits the network computes with.", Precision.Auto);

    private readonly Setting<string> _device = NetworkOptions.Device(command);

    /// <summary>Whether any of them was given.</summary>
    public bool AreGiven => _device.IsGiven || _precision.IsGiven;

    /// <summary>Loads a network to be run so.</summary>
    public NetworkSegmenter Load(string path, int threads)
    {
        var device = NetworkOptions.Available(_device);
        var settings = new InferenceSettings { Device = device, Precision = _precision, Threads = threads };
        var network = CheckpointFiles.Guard(
            path, file => NetworkSegmenter.Load(file, weights => TorchNetworks.Load(weights, settings)));
        if (settings.Precision == Precision.Bf16 && !Precisions.HasFastBf16(device))
            Messages.Warning(
                "--precision bf16: this processor has no instructions for it; f32 is faster and more exact here");
        return network;
    }
}

/// <summary><c>--model</c>, <c>--precision</c>, <c>--device</c>: run a trained network.</summary>
internal sealed class NetworkOptions(CliCommand command)
{
    private readonly NetworkRunOptions _run = new(command);

    public Setting<string?> Model { get; } = command.Text(
        "--model", "FILE.safetensors", "A trained network instead of a method.");

    /// <summary><c>--device</c>.</summary>
    public static Setting<string> Device(CliCommand command) => command.Text(
        "--device", "D", "Where the network computes: cpu, cuda or cuda:N.", "cpu",
        name => TryParse(name) is null ? $"--device '{name}' is no device; use cpu, cuda or cuda:1" : null);

    /// <summary>The device of a name.</summary>
    /// <exception cref="CommandException">It is not here.</exception>
    public static Device Available(string name)
    {
        var device = TryParse(name) ?? Rhytid.Torch.Device.Cpu;
        return device.IsCuda && device.Index >= TorchRuntime.CudaDevices
            ? throw new CommandException($"--device {device}: {WhyNoDevice()}", ExitCodes.NotInstalled)
            : device;
    }

    /// <summary>
    /// The network that was asked for, or the one that ships where it is to run in a way of its own; null where a
    /// filter was chosen, or the segmenter's own network will do.
    /// </summary>
    public NetworkSegmenter? Load(int threads, bool isDefault, string shipped)
    {
        if (Model.Value is { } path)
            return _run.Load(path, threads);
        if (!_run.AreGiven)
            return null;
        return isDefault
            ? _run.Load(ShippedModels.Default.PathOf(shipped), threads)
            : throw new CommandException("--device and --precision are for networks, not for filters");
    }

    private static string WhyNoDevice()
    {
        var torch = $"libtorch {TorchRuntime.Version}";
        return (TorchRuntime.BuiltForCuda, TorchRuntime.CudaDevices) switch
        {
            (false, _) =>
                $"{torch} was built without CUDA (RHYTID_TORCH at build time chooses another libtorch)",
            (true, 0) =>
                $"{torch} was built with CUDA but finds no device; nvidia-smi says whether the driver does",
            (true, var count) => $"{torch} finds {Counted.Of(count, "CUDA device")}, numbered from 0",
        };
    }

    private static Device? TryParse(string text)
    {
        try
        {
            return Rhytid.Torch.Device.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System.CommandLine;
using Rhytid.Models;
using Rhytid.Segmentation.Networks;
using Rhytid.Shipped;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands;

/// <summary><c>--model</c>, <c>--precision</c>, <c>--device</c>: run a trained network.</summary>
internal sealed class NetworkOptions
{
    private readonly Option<string?> _model = new("--model")
    {
        Description = "A trained network instead of a method.",
        HelpName = "FILE.safetensors"
    };
    private readonly NetworkRunOptions _run = new();

    /// <summary><c>--device</c>.</summary>
    public static Option<string> Device() => CommonOptions.Validated(
        new Option<string>("--device")
        {
            Description = "Where the network computes: cpu, cuda or cuda:N.",
            HelpName = "D",
            DefaultValueFactory = _ => "cpu"
        },
        value => TryParse(value) is null ? $"--device '{value}' is no device; use cpu, cuda or cuda:1" : null);

    /// <summary>The device of a name.</summary>
    /// <exception cref="CommandException">It is not here.</exception>
    public static Device Available(string name)
    {
        var device = TryParse(name) ?? Rhytid.Torch.Device.Cpu;
        return device.IsCuda && device.Index >= TorchRuntime.CudaDevices
            ? throw new CommandException($"--device {device}: {WhyNoDevice()}", ExitCodes.NotInstalled)
            : device;
    }

    public void AddTo(Command command)
    {
        command.Add(_model);
        _run.AddTo(command);
    }

    /// <summary>Whether a network was asked for.</summary>
    public bool IsGiven(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_model) is not null;

    /// <summary>
    /// The network that was asked for, or the one that ships where it is to run in a way of its own; null where a
    /// filter was chosen, or the segmenter's own network will do.
    /// </summary>
    public NetworkSegmenter? Load(
        ParseResult parsed, int threads, bool isDefault, string shipped = ShippedModels.WrinkleModel)
    {
        if (parsed.GetValue(_model) is { } path)
            return _run.Load(parsed, path, threads);
        if (isDefault && !_run.AreGiven(parsed.CommandResult))
            return null;
        if (isDefault)
            return _run.Load(parsed, ShippedModels.Default.PathOf(shipped), threads);
        if (_run.AreGiven(parsed.CommandResult))
            throw new CommandException("--device and --precision are for networks, not for filters");
        return null;
    }

    private static string WhyNoDevice() => (TorchRuntime.BuiltForCuda, TorchRuntime.CudaDevices) switch
    {
        (false, _) =>
            $"libtorch {TorchRuntime.Version} was built without CUDA (RHYTID_TORCH at build time chooses another libtorch)",
        (true, 0) =>
            $"libtorch {TorchRuntime.Version} was built with CUDA but finds no device; nvidia-smi says whether the driver does",
        (true, var count) =>
            $"libtorch {TorchRuntime.Version} finds {count} CUDA device{(count == 1 ? "" : "s")}, numbered from 0",
    };

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

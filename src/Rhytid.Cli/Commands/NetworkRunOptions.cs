using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Models;
using Rhytid.Segmentation.Networks;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands;

/// <summary><c>--precision</c>, <c>--device</c>: how a trained network is run.</summary>
internal sealed class NetworkRunOptions
{
    private readonly Option<string?> _precision = CommonOptions.OneOf<Precision>(
        "--precision", "Bits the network computes with; auto unless told.");

    private readonly Option<string> _device = NetworkOptions.Device();

    public void AddTo(Command command)
    {
        command.Add(_precision);
        command.Add(_device);
    }

    /// <summary>Whether any of them was given.</summary>
    public bool AreGiven(System.CommandLine.Parsing.CommandResult result) =>
        result.GetResult(_device) is { Implicit: false } || result.GetResult(_precision) is { Implicit: false };

    /// <summary>Loads a network to be run so.</summary>
    public NetworkSegmenter Load(ParseResult parsed, string path, int threads)
    {
        TorchRuntime.Threads = threads;
        var device = NetworkOptions.Available(parsed.GetValue(_device)!);
        var precision = CommonOptions.ValueOf<Precision>(parsed.GetValue(_precision)) ?? Precision.Auto;
        var network = CheckpointFiles.Guard(
            path,
            file => NetworkSegmenter.Load(file, new InferenceSettings { Device = device, Precision = precision }));
        if (network.Precision == Precision.Bf16 && !Precisions.HasFastBf16(device))
            Messages.Warning(
                "--precision bf16: this processor has no instructions for it; f32 is faster and more exact here");
        return network;
    }
}

using System.Globalization;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using static Rhytid.Bench.SideBySide;

namespace Rhytid.Bench;

/// <summary>
/// A network, the paper's U-Net or that of the shipped models, beside the same in PyTorch and in ONNX Runtime:
/// alternating passes in one run, so that a change of the machine's load hits all of them.
/// </summary>
/// <remarks>
/// <c>dotnet run -c Release --project bench/Rhytid.Bench -- network [--network resnet18-fine] [--size 1024] [--rounds
/// 5] [--onnxruntime FOLDER]</c>
/// </remarks>
internal static class NetworkSideBySide
{
    public static int Run(IReadOnlyList<string> arguments)
    {
        var model = Option(arguments, "--network") ?? "unet";
        var channels = model == "unet" ? 3 : 4;
        var size = int.Parse(Option(arguments, "--size") ?? "1024", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option(arguments, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        var python = Option(arguments, "--python") ?? "/usr/bin/python3";
        var peers = Path.Combine(RepositoryRoot(), "bench", "peers");
        var folder = Directory.CreateTempSubdirectory("rhytid-bench-").FullName;
        try
        {
            var script = Path.Combine(peers, "pytorch_network.py");
            var common =
                new[] { script, "--network", model, "--size", $"{size}", "--threads", $"{TorchRuntime.Threads}" };
            var expectedFile = Path.Combine(folder, "expected.npy");
            var lanes = new List<Lane>
            {
                Peer("PyTorch, eager, f32", python, [.. common, "--output", expectedFile]),
                Peer("PyTorch, eager, channels-last, f32", python, [.. common, "--channels-last"]),
            };
            if (Option(arguments, "--onnxruntime") is { } modules)
            {
                var onnx = Path.Combine(folder, "network.onnx");
                Execute(python, [.. common, "--export", onnx], "PyTorch could not export the network");
                lanes.Add(
                    Peer("ONNX Runtime, f32", "node", [
                        Path.Combine(peers, "onnxruntime_network.mjs"), onnx, $"{channels}", $"{size}",
                        $"{TorchRuntime.Threads}", modules
                    ]));
            }
            var bf16 = Precisions.HasFastBf16(Device.Cpu) || arguments.Contains("--bf16");
            var bf16File = Path.Combine(folder, "bf16.npy");
            if (bf16)
                lanes.Add(
                    Peer("PyTorch, channels-last, bf16 autocast", python, [
                        .. common, "--channels-last", "--bf16", "--output", bf16File
                    ]));
            foreach (var lane in lanes)
                lane.Start();

            using var image = Tensor.From(
                GoldenFormula.Values("input", 1, channels, size, size), 1, channels, size, size);
            var expected = ReadNpyFloats(expectedFile);
            // What bf16 costs in accuracy on these weights in the peer too, else our own figure cannot be judged.
            if (bf16)
                lanes[^1].Note = LargestDifference(expected, ReadNpyFloats(bf16File));
            lanes.Add(
                Ours(model, channels, "Rhytid, f32, direct convolutions", new InferenceSettings
                {
                    Precision = Precision.F32,
                    FastConvolutions = false
                }, image, expected));
            lanes.Add(
                Ours(model, channels, "Rhytid, f32", new InferenceSettings
                {
                    Precision = Precision.F32
                }, image, expected));
            if (NetworkFile.Runs(model))
                lanes.Add(Managed(model, channels, size, Path.Combine(folder, "network.safetensors"), image, expected));
            if (bf16)
                lanes.Add(
                    Ours(model, channels, "Rhytid, bf16", new InferenceSettings
                    {
                        Precision = Precision.Bf16
                    }, image, expected));
            else
                Console.WriteLine(
                    "bf16: this processor has no instructions for it; left out (--bf16 runs it emulated)");

            SideBySide.Run(lanes, rounds);
            Report(lanes, model, size);
            foreach (var lane in lanes)
                lane.Stop();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(List<Lane> lanes, string model, int size)
    {
        var reference = lanes[0].Median;
        Console.WriteLine(
            $"{model}, {size} x {size}, {TorchRuntime.Threads} threads, libtorch {TorchRuntime.Version}, {lanes[0].Times.Count} alternating passes");
        Console.WriteLine(
            $"{"",-38}{"median ms",11}{"fastest ms",12}{"x eager",9}  largest difference of a probability");
        foreach (var lane in lanes)
            Console.WriteLine(
                $"{lane.Name,-38}{lane.Median,11:F0}{lane.Times.Min(),12:F0}{reference / lane.Median,9:F2}  {lane.Note}");
    }

    private static Lane Ours(
        string model, int channels, string name, InferenceSettings settings, Tensor image, float[] expected)
    {
        var session = new InferenceSession(Filled(model, channels), settings);
        float[] Probabilities()
        {
            using var scope = TensorScope.Begin();
            return session.Run(image).Sigmoid().ToArray<float>();
        }
        return new Lane(name)
        {
            Note = LargestDifference(expected, Probabilities()),
            Pass = () => Time(() => session.Run(image).Dispose()),
            Stop = session.Dispose,
        };
    }

    // The engine of the networks that ship, without libtorch.
    private static Lane Managed(
        string model, int channels, int size, string path, Tensor image, float[] expected)
    {
        using (var file = new ModelFile(
            model, Filled(model, channels), Preprocessing.For(model, channels), new Dictionary<string, string>()))
            file.Save(path);
        var network = NetworkFile.Load(path, TorchRuntime.Threads).Network;
        var pixels = image.Permute(0, 2, 3, 1).Contiguous().ToArray<float>();
        var logits = new float[size * size];
        void Pass() => network.Run(pixels, size, size, logits);
        Pass();
        return new Lane("Rhytid, managed, f32")
        {
            Note = LargestDifference(expected, [.. logits.Select(logit => 1 / (1 + MathF.Exp(-logit)))]),
            Pass = () => Time(Pass),
            Stop = network.Dispose,
        };
    }

    private static Network Filled(string model, int channels)
    {
        var network = ModelCatalog.Create(model, new ModelOptions { InChannels = channels, OutChannels = 1 });
        foreach (var entry in network.Parameters.Entries.Where(entry => entry.Tensor.DType == DType.Float32))
            GoldenFormula.Values(entry.Name, entry.Tensor.Shape).CopyTo(entry.Tensor.AsSpan<float>());
        return network;
    }

    private static string LargestDifference(float[] expected, float[] actual) =>
        $"{expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max():E1}, mean {expected.Zip(actual, (a, b) => Math.Abs(a - b)).Average():E1}";

    private static float[] ReadNpyFloats(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 10 + BitConverter.ToUInt16(bytes, 8);
        var values = new float[(bytes.Length - start) / sizeof(float)];
        Buffer.BlockCopy(bytes, start, values, 0, values.Length * sizeof(float));
        return values;
    }
}

using System.Diagnostics;
using Rhytid.Faces;
using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Inference;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Segmentation.Networks;
using Rhytid.Shipped;
using static Rhytid.Bench.SideBySide;

namespace Rhytid.Bench;

/// <summary>
/// What the managed engine holds over a long time: memory after many inferences, how soon it stops, and, on faces,
/// how far it is from libtorch.
/// </summary>
/// <remarks>
/// <c>dotnet run -c Release --project bench/Rhytid.Bench -- endurance [--faces FOLDER] [--small 10000] [--large 200]</c>;
/// faces are aligned, as FFHQ's are.
/// </remarks>
internal static class ManagedEndurance
{
    private const int Small = 64;
    private const int Stops = 40;
    private const int MostFaces = 20;

    public static int Run(IReadOnlyList<string> arguments)
    {
        using (var file = NetworkFile.Load(ShippedModels.Default.PathOf(ShippedModels.WrinkleModel)))
        {
            var size = file.Header.Preprocessing.Size;
            Repeat(file.Network, Small, int.Parse(Option(arguments, "--small") ?? "10000"));
            Repeat(file.Network, size, int.Parse(Option(arguments, "--large") ?? "200"));
            Stop(file.Network, size);
        }
        if (Option(arguments, "--faces") is { } folder)
        {
            var faces = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(MostFaces)
                .Select(path => Image.Load(path)).ToList();
            foreach (var model in new[] { ShippedModels.WrinkleModel, ShippedModels.OpenWrinkleModel })
                Console.WriteLine($"{model}: {faces.Count} faces, probabilities differ by at most {Wrinkles(model, faces):0.0e+0}");
            Console.WriteLine(
                $"{ShippedModels.FaceParser}: {faces.Count} faces, probabilities differ by at most {Parts(faces):0.0e+0}");
        }
        return 0;
    }

    private static void Repeat(IPixelNetwork network, int size, int count)
    {
        var (pixels, output) = Buffers(network, size);
        // The collector's first generation grows and code is compiled anew for a while.
        var warmUp = Math.Max(20, count / 10);
        long before = 0, allocated = 0;
        for (var i = 0; i < warmUp + count; i++)
        {
            if (i == warmUp)
                (before, allocated) = (Memory(), GC.GetTotalAllocatedBytes(precise: true));
            network.Run(pixels, size, size, output);
        }
        var each = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / count;
        Console.WriteLine(
            $"{count} inferences at {size} pixels: memory {(Memory() - before) / 1e6:+0.0;-0.0} MB, {each} bytes allocated each");
    }

    private static void Stop(IPixelNetwork network, int size)
    {
        var (pixels, output) = Buffers(network, size);
        var delays = new List<double>();
        for (var i = 0; i < Stops; i++)
        {
            using var source = new CancellationTokenSource();
            var asked = 0L;
            // At different places of the run.
            using var timer = new Timer(
                _ =>
                {
                    Volatile.Write(ref asked, Stopwatch.GetTimestamp());
                    source.Cancel();
                }, null, 5 + (10 * i), Timeout.Infinite);
            try
            {
                network.Run(pixels, size, size, output, source.Token);
            }
            catch (OperationCanceledException)
            {
                delays.Add(Stopwatch.GetElapsedTime(Volatile.Read(ref asked)).TotalMilliseconds);
            }
        }
        delays.Sort();
        Console.WriteLine(
            $"{delays.Count} runs of {Stops} at {size} pixels stopped before their end: after {delays[delays.Count / 2]:0.0} ms (median), "
                + $"{delays[^1]:0.0} ms (longest)");
    }

    private static double Wrinkles(string model, IReadOnlyList<Image> faces)
    {
        var path = ShippedModels.Default.PathOf(model);
        using var managed = new NetworkSegmenter(NetworkFile.Load(path));
        using var torch = new NetworkSegmenter(OnTorch(path));
        return faces.Max(
            face =>
            {
                var (aligned, everywhere) = (FaceImage.FromAligned(face), Everywhere(face));
                return Largest(managed.Probabilities(aligned, everywhere), torch.Probabilities(aligned, everywhere));
            });
    }

    private static double Parts(IReadOnlyList<Image> faces)
    {
        var path = ShippedModels.Default.PathOf(ShippedModels.FaceParser);
        using var managed = new FaceParser(NetworkFile.Load(path));
        using var torch = new FaceParser(OnTorch(path));
        int[][] classes = [.. Enumerable.Range(0, FaceParser.ClassCount).Select(i => new[] { i })];
        return faces.Max(
            face => managed.Probabilities(face, classes).Zip(torch.Probabilities(face, classes), Largest).Max());
    }

    private static NetworkFile OnTorch(string path) =>
        ModelFile.Load(path).ForInference(new InferenceSettings { Precision = Precision.F32, FastConvolutions = false });

    private static Mask Everywhere(Image face)
    {
        var mask = new Mask(face.Width, face.Height);
        mask.Samples.Fill(byte.MaxValue);
        return mask;
    }

    private static double Largest(Plane<float> left, Plane<float> right)
    {
        var largest = 0.0;
        for (var i = 0; i < left.Samples.Length; i++)
            largest = Math.Max(largest, Math.Abs(left.Samples[i] - right.Samples[i]));
        return largest;
    }

    private static (float[] Pixels, float[] Output) Buffers(IPixelNetwork network, int size) =>
        (new float[size * size * network.InChannels], new float[size * size * network.OutChannels]);

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}

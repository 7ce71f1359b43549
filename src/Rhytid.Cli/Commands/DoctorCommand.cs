using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Rhytid.Faces.Detection;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Shipped;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Spectre.Console;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid doctor</c>: what is installed, what is missing and the command that installs it.</summary>
internal static partial class DoctorCommand
{
    private sealed record Check(string What, string Found, string? Missing = null);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(name, "Tells what is installed, what is missing and how to install it.");
        return command.Does(Run);
    }

    private static int Run()
    {
        var checks = Checks().ToList();
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("", "part", "found");
        foreach (var check in checks)
            table.AddRow(
                check.Missing is null ? "[green]ok[/]" : "[red]missing[/]", Markup.Escape(check.What),
                Markup.Escape(check.Found));
        Messages.ForResults.Write(table);
        var missing = checks.Where(check => check.Missing is not null).ToList();
        foreach (var check in missing)
            Console.WriteLine($"{check.What}: {check.Missing}");
        if (missing.Count == 0)
            Console.WriteLine("Everything that is needed is here.");
        return missing.Count == 0 ? ExitCodes.Done : ExitCodes.NotInstalled;
    }

    private static IEnumerable<Check> Checks()
    {
        yield return new Check("Rhytid", typeof(WrinkleSegmenter).Assembly.GetName().Version?.ToString(3) ?? "unknown");
        yield return new Check("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        yield return new Check(".NET", RuntimeInformation.FrameworkDescription);
        yield return new Check("processor", $"{Environment.ProcessorCount} threads; {CpuFeatures()}");
        yield return new Check("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.0} GB");
        yield return VisionInfo.Problem() is { } problem
            ? new Check("OpenCV", "cannot be loaded", problem)
            : new Check("OpenCV", VisionInfo.OpenCvVersion);
        yield return Torch();
        yield return Shipped();
        yield return HaarFaceDetector.InstalledCascade() is { } cascade
            ? new Check("face cascade", cascade)
            : new Check("face cascade", "not found", "sudo apt-get install opencv-data");
    }

    private static Check Shipped()
    {
        try
        {
            var models = ShippedModels.Default;
            foreach (var model in models.All)
                _ = models.PathOf(model.File);
            return new Check("shipped models", $"{models.All.Count} files in {models.Folder}");
        }
        catch (RhytidException error)
        {
            return new Check(
                "shipped models", error.Message, "build Rhytid again: ./rhytid does so when models/ is newer");
        }
    }

    private static Check Torch()
    {
        // Only asked, not installed.
        TorchRuntime.ProvideLibrary = null;
        if (!LibtorchSetup.IsDone)
            return new Check("libtorch", "not there yet: training, and networks that do not ship, install it when first run");
        if (TorchRuntime.Problem() is { } problem)
            return new Check(
                "libtorch", problem, "sudo apt-get install libtorch-dev g++ cmake, then delete artifacts/ and run again");
        var cuda = (TorchRuntime.BuiltForCuda, TorchRuntime.CudaDevices) switch
        {
            (false, _) => "no CUDA",
            (true, 0) => "built with CUDA, no device found",
            (true, var count) => Counted.Of(count, "CUDA device"),
        };
        var bf16 = Precisions.HasFastBf16(Device.Cpu) ? "bf16 instructions" : "no bf16 instructions";
        // Debian's libtorch takes the system's BLAS; the reference version is fifty times slower.
        if (LoadedLibraries().Any(SlowBlas().IsMatch))
            return new Check(
                "libtorch", $"{TorchRuntime.Version} with the slow reference BLAS",
                "sudo apt-get install libopenblas0-openmp");
        var backends = string.Join(", ", Enum.GetValues<CollectiveBackend>().Where(ProcessGroup.Has));
        var joins = backends.Length == 0 ? "cannot join processes (libgloo-dev)" : $"joins processes by {backends}";
        return new Check("libtorch", $"{TorchRuntime.Version}; {cuda}; {bf16}; {joins}");
    }

    private static IEnumerable<string> LoadedLibraries() =>
        File.Exists("/proc/self/maps")
            ? File.ReadLines("/proc/self/maps").Select(line => line[(line.LastIndexOf(' ') + 1)..]).Distinct()
            : [];

    private static string CpuFeatures()
    {
        (bool Has, string Name)[] features =
        [
            (Avx2.IsSupported, "AVX2"), (Fma.IsSupported, "FMA"), (Avx512F.IsSupported, "AVX-512"),
            (AdvSimd.IsSupported, "NEON"),
        ];
        var names = string.Join(", ", features.Where(feature => feature.Has).Select(feature => feature.Name));
        return names.Length == 0 ? "no vector extensions beyond the basic ones" : names;
    }

    [GeneratedRegex(@"/blas/libblas\.so\.3($|\.)")]
    private static partial Regex SlowBlas();
}

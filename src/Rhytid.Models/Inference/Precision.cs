using System.Runtime.Intrinsics.X86;
using Rhytid.Torch;

namespace Rhytid.Models;

/// <summary>How many bits a network computes with.</summary>
public enum Precision
{
    /// <summary>The fastest of the others that this machine computes well.</summary>
    Auto,

    /// <summary>Single precision.</summary>
    F32,

    /// <summary>
    /// Brain floating point: twice the speed where the processor has instructions for it, two to three decimals.
    /// </summary>
    Bf16,
}

/// <summary>Chooses a precision.</summary>
public static class Precisions
{
    /// <summary>
    /// Whether the processor (or the CUDA device) multiplies in bf16; without that it is emulated and slow.
    /// </summary>
    public static bool HasFastBf16(Device device) =>
        device.IsCuda || HasInstruction("avx512_bf16") || HasInstruction("amx_bf16");

    /// <summary>What <see cref="Precision.Auto"/> means on a device.</summary>
    public static Precision Resolve(this Precision precision, Device device) =>
        precision != Precision.Auto ? precision : HasFastBf16(device) ? Precision.Bf16 : Precision.F32;

    // .NET has no property for these instructions on every version; the kernel lists them.
    private static bool HasInstruction(string flag)
    {
        if (!X86Base.IsSupported || !File.Exists("/proc/cpuinfo"))
            return false;
        try
        {
            return File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) is { } flags
                && flags.Split(' ').Contains(flag);
        }
        catch (IOException)
        {
            return false;
        }
    }
}

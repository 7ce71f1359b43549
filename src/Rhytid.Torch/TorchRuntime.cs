using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>libtorch itself: version, threads, random numbers.</summary>
public static unsafe class TorchRuntime
{
    private const int MaxThreads = 1024;

    static TorchRuntime()
    {
        // libtorch may start with one thread.
        Check(TorchLibrary.rt_set_threads(Math.Min(Environment.ProcessorCount, MaxThreads)), "set_threads");
        // Numbers below 1e-38 are ten times slower and mean nothing here; not every processor can.
        _ = TorchLibrary.rt_flush_denormals(1);
    }

    /// <summary>libtorch's version, such as "1.13.1".</summary>
    public static string Version => TorchCall.Text(TorchLibrary.rt_version());

    /// <summary>Why the native part cannot be used, or null when it can.</summary>
    public static string? Problem()
    {
        try
        {
            _ = Version;
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            return (e.InnerException ?? e).Message.Split('\n')[0];
        }
    }

    /// <summary>How libtorch was built and which vector instructions it uses, several lines.</summary>
    public static string Configuration => TorchCall.Text(TorchLibrary.rt_config());

    /// <summary>Number of CUDA devices that libtorch can use; 0 for a build without CUDA.</summary>
    public static int CudaDevices
    {
        get
        {
            Check(TorchLibrary.rt_cuda_count(out var count), "cuda");
            return count;
        }
    }

    /// <summary>Threads that one operator may use, whichever thread calls it: 1 to 1024, the number of processors unless set.</summary>
    public static int Threads
    {
        get
        {
            Check(TorchLibrary.rt_get_threads(out var count), "get_threads");
            return count;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreads);
            Check(TorchLibrary.rt_set_threads(value), "set_threads");
        }
    }

    /// <summary>Seeds the random numbers of every device.</summary>
    public static void Seed(ulong seed) => Check(TorchLibrary.rt_seed(seed), "seed");

    /// <summary>State of a device's random numbers, to go on from later: a byte tensor.</summary>
    public static Tensor GetRandomState(Device device = default)
    {
        Check(TorchLibrary.rt_generator_state(device.Code, out var state), "get_rng_state");
        return Tensor.Own(state);
    }

    /// <summary>Goes on from a state that <see cref="GetRandomState"/> returned.</summary>
    public static void SetRandomState(Tensor state, Device device = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ObjectDisposedException.ThrowIf(state.IsDisposed, state);
        Check(TorchLibrary.rt_set_generator_state(device.Code, state.Handle), "set_rng_state");
    }

    /// <summary>Runs the static constructor: threads are set before the first operator.</summary>
    internal static void Initialize()
    {
    }

    private static void Check(int status, string operation) => TorchCall.Check(status, operation);
}

using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>libtorch itself: version, threads, random numbers.</summary>
public static unsafe class TorchRuntime
{
    private const int MaxThreads = 1024;

    // What the paper's network needs at once for a picture of 1024 x 1024, twice.
    private const long MostKeptBytes = 2L << 30;

    /// <summary>libtorch's version, such as "1.13.1".</summary>
    public static string Version => TorchCall.Text(TorchLibrary.rt_version());

    /// <summary>Why the native part cannot be used, or null when it can.</summary>
    public static string? Problem()
    {
        try
        {
            Initialize();
            return null;
        }
        catch (TypeInitializationException e)
        {
            return Reason(e.InnerException ?? e);
        }
    }

    /// <summary>How libtorch was built and which vector instructions it uses, several lines.</summary>
    public static string Configuration => TorchCall.Text(TorchLibrary.rt_config());

    /// <summary>Whether this libtorch was built with CUDA; a device it could use may still be missing.</summary>
    public static bool BuiltForCuda
    {
        get
        {
            Check(TorchLibrary.rt_built_for_cuda(out var built), "cuda");
            return built != 0;
        }
    }

    /// <summary>Number of CUDA devices that libtorch can use; 0 for a build without CUDA.</summary>
    public static int CudaDevices
    {
        get
        {
            Check(TorchLibrary.rt_cuda_count(out var count), "cuda");
            return count;
        }
    }

    /// <summary>
    /// Threads that one operator may use, whichever thread calls it: 1 to 1024, the number of processors unless set.
    /// </summary>
    public static int Threads
    {
        get
        {
            Initialize();
            Check(TorchLibrary.rt_get_threads(out var count), "get_threads");
            return count;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreads);
            Initialize();
            Check(TorchLibrary.rt_set_threads(value), "set_threads");
        }
    }

    /// <summary>
    /// Whether 3x3 convolutions in single precision are trained on the processor by this project's own kernels (the
    /// default where the processor has AVX2 or AVX-512) or by libtorch's. Results differ in about the fifth digit.
    /// </summary>
    public static bool FastConvolutions { get; set; } = true;

    /// <summary>
    /// Lets the operators that the current thread calls use one thread until the result is disposed, on the same
    /// thread: for small networks, which several threads make no faster, and whose numbers must not depend on how many
    /// there are.
    /// </summary>
    public static SingleThread UseSingleThread()
    {
        Initialize();
        Check(TorchLibrary.rt_set_own_threads(1), "set_own_threads");
        return default;
    }

    /// <summary>Ends <see cref="UseSingleThread"/> when it is disposed.</summary>
    public readonly ref struct SingleThread
    {
        /// <summary>The thread's operators use as many threads as all others again.</summary>
        [System.Diagnostics.CodeAnalysis.SuppressMessage(
            "Performance", "CA1822:Mark members as static", Justification = "the using statement calls it")]
        public void Dispose() => Check(TorchLibrary.rt_set_own_threads(0), "set_own_threads");
    }

    /// <summary>
    /// How much memory of freed tensors is kept for the next ones: 2 GB, at most an eighth of the machine's, unless
    /// set, and never more than tensors held at their most. Fresh memory costs as much time as many a layer. 0 gives
    /// all of it back to the system.
    /// </summary>
    public static void KeepMemory(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Initialize();
        Check(TorchLibrary.rt_keep_memory(bytes), "keep_memory");
    }

    /// <summary>
    /// Asked for the path of the binding's native library where it is not beside the program, before libtorch is used
    /// for the first time; null where there is none. A program may build it then.
    /// </summary>
    public static Func<string?>? ProvideLibrary { get; set; }

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

    /// <summary>Threads and memory are set before the first operator.</summary>
    internal static void Initialize() => Start.Once();

    // Of what the loader tried, everything but the places where no library was: there the cause is named, such as a
    // missing "libcudnn.so.9".
    private static string Reason(Exception error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var cause = error is DllNotFoundException
            ? lines.Skip(1)
                .FirstOrDefault(
                    line => !(line.StartsWith('/')
                        && line.EndsWith("No such file or directory", StringComparison.Ordinal)))
            : null;
        return cause ?? lines[0].Split(". ")[0];
    }

    private static void Check(int status, string operation) => TorchCall.Check(status, operation);

    // A class of its own: a static constructor of TorchRuntime that fails would take Problem, which tells why, with it.
    private static class Start
    {
        static Start()
        {
            // libtorch may start with one thread.
            Check(TorchLibrary.rt_set_threads(Math.Min(Environment.ProcessorCount, MaxThreads)), "set_threads");
            // Numbers below 1e-38 are ten times slower and mean nothing here; not every processor can.
            _ = TorchLibrary.rt_flush_denormals(1);
            Check(TorchLibrary.rt_keep_memory(
                Math.Min(MostKeptBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8)), "keep_memory");
        }

        public static void Once()
        {
        }
    }
}

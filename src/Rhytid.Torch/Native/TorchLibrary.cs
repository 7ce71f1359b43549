using System.Runtime.InteropServices;

namespace Rhytid.Torch.Native;

/// <summary>The functions of native/torch/src/rhytid_torch.h, as they are there.</summary>
internal static unsafe partial class TorchLibrary
{
    private const string Name = "rhytid_torch";

    static TorchLibrary() => NativeLibrary.SetDllImportResolver(typeof(TorchLibrary).Assembly, Resolve);

    // 0 leaves the search, and its message, to .NET.
    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Name)
            return 0;
        if (NativeLibrary.TryLoad(name, assembly, search, out var library))
            return library;
        return TorchRuntime.ProvideLibrary?.Invoke() is { } path ? NativeLibrary.Load(path) : 0;
    }

    [LibraryImport(Name)] public static partial byte* rt_last_error();
    [LibraryImport(Name)] public static partial byte* rt_version();
    [LibraryImport(Name)] public static partial byte* rt_config();
    [LibraryImport(Name)] public static partial int rt_built_for_cuda(out int built);
    [LibraryImport(Name)] public static partial int rt_cuda_count(out int count);
    [LibraryImport(Name)] public static partial int rt_set_threads(int count);
    [LibraryImport(Name)] public static partial int rt_set_own_threads(int count);
    [LibraryImport(Name)] public static partial int rt_get_threads(out int count);
    [LibraryImport(Name)] public static partial int rt_seed(ulong seed);
    [LibraryImport(Name)] public static partial int rt_generator_state(int device, out nint state);
    [LibraryImport(Name)] public static partial int rt_set_generator_state(int device, TensorHandle state);
    [LibraryImport(Name)] public static partial int rt_flush_denormals(int enabled);

    [LibraryImport(Name)] public static partial int rt_keep_memory(long bytes);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial int rt_find(
        string name, string overload, out nint op);
    [LibraryImport(Name)] public static partial byte* rt_operators();
    [LibraryImport(Name)] public static partial byte* rt_schema(nint op);
    [LibraryImport(Name)] public static partial int rt_call(
        nint op, NativeValue* arguments, int count, NativeValue* results, int capacity, out int returned);
    [LibraryImport(Name)] public static partial void rt_list_free(nint list);
    [LibraryImport(Name)] public static partial void rt_object_free(nint value);

    [LibraryImport(Name)] public static partial int rt_info(
        TensorHandle tensor, out NativeInfo info, long* sizes, long* strides, int capacity);
    [LibraryImport(Name)] public static partial int rt_data(TensorHandle tensor, out void* data);
    [LibraryImport(Name)] public static partial int rt_from_memory(
        void* data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> release, nint context,
        out nint tensor);
    [LibraryImport(Name)] public static partial void rt_free(nint tensor);

    [LibraryImport(Name)] public static partial int rt_set_requires_grad(TensorHandle tensor, int required);
    [LibraryImport(Name)] public static partial int rt_gradient(TensorHandle tensor, out nint gradient);
    [LibraryImport(Name)] public static partial int rt_set_gradient(TensorHandle tensor, TensorHandle gradient);
    [LibraryImport(Name, EntryPoint = "rt_set_gradient")] public static partial int rt_clear_gradient(
        TensorHandle tensor, nint none);
    [LibraryImport(Name)] public static partial int rt_set_data(TensorHandle tensor, TensorHandle data);
    [LibraryImport(Name)] public static partial int rt_backward(
        TensorHandle tensor, nint gradient, int retainGraph, int createGraph);
    [LibraryImport(Name)] public static partial int rt_record(
        TensorHandle result, nint* inputs, int count,
        delegate* unmanaged<nint, nint, nint*, byte*, int, nint, int> backward, delegate* unmanaged<nint, void> release,
        nint context, out nint recorded);
    [LibraryImport(Name)] public static partial int rt_give_gradient(nint gradients, int index, TensorHandle gradient);
    [LibraryImport(Name)] public static partial int rt_modes(out AutogradModes modes);
    [LibraryImport(Name)] public static partial int rt_set_grad_mode(int enabled, out int before);
    [LibraryImport(Name)] public static partial int rt_inference_begin(out nint scope);
    [LibraryImport(Name)] public static partial int rt_inference_end(nint scope);
    [LibraryImport(Name)] public static partial int rt_autocast_begin(int deviceType, int dtype, out nint scope);
    [LibraryImport(Name)] public static partial int rt_autocast_end(nint scope);

    [LibraryImport(Name)] public static partial int rt_group_backends(out int backends);
    [LibraryImport(Name)] public static partial int rt_group_create(in NativeGroupOptions options, out nint group);
    [LibraryImport(Name)] public static partial int rt_group_all_reduce(GroupHandle group, nint* tensors, int count);
    [LibraryImport(Name)] public static partial int rt_group_reduce_gradient(GroupHandle group, TensorHandle tensor);
    [LibraryImport(Name)] public static partial int rt_group_broadcast(
        GroupHandle group, nint* tensors, int count, int root);
    [LibraryImport(Name)] public static partial int rt_group_barrier(GroupHandle group);
    [LibraryImport(Name)] public static partial int rt_group_free(nint group);
}

/// <summary>RtGroupOptions.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeGroupOptions
{
    public int Rank;
    public int Size;
    public int Port;
    public int Timeout;
    public nint Host;
    public nint Address;
    public nint Backend;
}

/// <summary>RtInfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeInfo
{
    public int DType;
    public int Device;
    public int Dimensions;
    public TensorFlags Flags;
}

[Flags]
internal enum TensorFlags
{
    RequiresGrad = 1,
    Leaf = 2,
    Contiguous = 4,
    HasGradient = 8,
    Opaque = 16,
    ChannelsLast = 32,
}

/// <summary>What rt_modes answers.</summary>
[Flags]
internal enum AutogradModes
{
    None = 0,
    Recording = 1,
    Autocast = 2,
}

/// <summary>RtTag.</summary>
internal enum ValueTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    Ints = 5,
    Doubles = 6,
    Bools = 7,
    Tensors = 8,
    String = 9,
    Device = 10,
    Object = 11,
}

/// <summary>RtValue.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)] public ValueTag Tag;
    [FieldOffset(4)] public int Size;
    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Real;
    [FieldOffset(8)] public nint Pointer;
}

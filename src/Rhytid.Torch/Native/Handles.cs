using System.Runtime.InteropServices;

namespace Rhytid.Torch.Native;

/// <summary>One reference to a native tensor.</summary>
internal sealed class TensorHandle : SafeHandle
{
    private static long s_open;

    public TensorHandle(nint tensor)
        : base(0, ownsHandle: true)
    {
        SetHandle(tensor);
        Interlocked.Increment(ref s_open);
    }

    /// <summary>How many are open in the process: tests look for leaks by it.</summary>
    public static long Open => Interlocked.Read(ref s_open);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TorchLibrary.rt_free(handle);
        Interlocked.Decrement(ref s_open);
        return true;
    }
}

/// <summary>One reference to something else that an operator returned, such as packed weights.</summary>
internal sealed class ObjectHandle : SafeHandle
{
    public ObjectHandle(nint value)
        : base(0, ownsHandle: true) => SetHandle(value);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TorchLibrary.rt_object_free(handle);
        return true;
    }
}

/// <summary>One process's membership in a group.</summary>
internal sealed class GroupHandle : SafeHandle
{
    public GroupHandle(nint group)
        : base(0, ownsHandle: true) => SetHandle(group);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => TorchLibrary.rt_group_free(handle) == 0;
}

using System.Runtime.InteropServices;

namespace Rhytid.Torch.Native;

/// <summary>One reference to a native tensor.</summary>
internal sealed class TensorHandle : SafeHandle
{
    public TensorHandle(nint tensor)
        : base(0, ownsHandle: true) => SetHandle(tensor);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TorchLibrary.rt_free(handle);
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

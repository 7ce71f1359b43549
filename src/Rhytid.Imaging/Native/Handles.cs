using System.Runtime.InteropServices;

namespace Rhytid.Imaging.Native;

/// <summary>A decoded picture that still lies in native memory.</summary>
internal sealed class DecodedImage : SafeHandle
{
    // The marshaller makes handles through this constructor.
    public DecodedImage()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    public static unsafe DecodedImage Decode(
        ReadOnlySpan<byte> file, int kind, int orientation, out int width, out int height)
    {
        var image = new DecodedImage();
        fixed (byte* bytes = file)
        {
            Vision.Check(
                VisionLibrary.rv_decode(bytes, file.Length, kind, orientation, out var mat, out width, out height));
            image.SetHandle(mat);
        }
        return image;
    }

    public void CopyTo(NativeView target) => Vision.Check(VisionLibrary.rv_mat_copy(this, target));

    protected override bool ReleaseHandle()
    {
        VisionLibrary.rv_mat_free(handle);
        return true;
    }
}

/// <summary>A cascade classifier of OpenCV.</summary>
internal sealed class CascadeHandle : SafeHandle
{
    public CascadeHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    public static CascadeHandle Load(string path)
    {
        var cascade = new CascadeHandle();
        Vision.Check(VisionLibrary.rv_cascade_load(path, out var pointer));
        cascade.SetHandle(pointer);
        return cascade;
    }

    protected override bool ReleaseHandle()
    {
        VisionLibrary.rv_cascade_free(handle);
        return true;
    }
}

/// <summary>A network of OpenCV's dnn module.</summary>
internal sealed class NetworkHandle : SafeHandle
{
    public NetworkHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    public static unsafe NetworkHandle Load(ReadOnlySpan<byte> onnx)
    {
        var network = new NetworkHandle();
        fixed (byte* bytes = onnx)
        {
            Vision.Check(VisionLibrary.rv_network_load(bytes, onnx.Length, out var pointer));
            network.SetHandle(pointer);
        }
        return network;
    }

    protected override bool ReleaseHandle()
    {
        VisionLibrary.rv_network_free(handle);
        return true;
    }
}

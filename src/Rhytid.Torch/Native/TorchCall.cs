using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rhytid.Torch.Native;

/// <summary>The one error path of the binding.</summary>
internal static unsafe class TorchCall
{
    public static void Check(int status, [CallerMemberName] string operation = "")
    {
        if (status != 0)
            throw new TorchException(operation, LastError());
    }

    public static string LastError() => Text(TorchLibrary.rt_last_error());

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "unknown error in native code";
}

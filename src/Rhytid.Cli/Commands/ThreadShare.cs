using Rhytid.Imaging;
using Rhytid.Torch;

namespace Rhytid.Cli.Commands;

/// <summary>Several photos: one thread each. One photo: all threads inside OpenCV and libtorch.</summary>
internal static class ThreadShare
{
    public static void Set(int photos, int threads, bool usesTorch)
    {
        var inside = photos > 1 ? 1 : threads;
        VisionInfo.SetThreads(inside);
        // Asking would load libtorch, which most commands never need.
        if (usesTorch)
            TorchRuntime.Threads = inside;
    }
}

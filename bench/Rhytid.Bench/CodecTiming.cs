using System.Diagnostics;
using System.Globalization;
using Rhytid.Imaging;

namespace Rhytid.Bench;

/// <summary>
/// How long a photo takes to be decoded and to be encoded, in milliseconds on one thread: the median of many calls.
/// <c>bench codecs PHOTO [--calls N]</c>.
/// </summary>
internal static class CodecTiming
{
    public static int Run(string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        VisionInfo.SetThreads(1);
        Console.WriteLine($"OpenCV {VisionInfo.OpenCvVersion} loaded in {watch.ElapsedMilliseconds} ms");
        var calls = arguments is [_, "--calls", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 15;
        var photo = Image.Load(arguments[0]);
        Console.WriteLine($"{photo.Width} x {photo.Height}, median of {calls} calls");
        foreach (var format in new[] { ImageFormat.Jpeg, ImageFormat.Png, ImageFormat.WebP })
        {
            var file = photo.Encode(format);
            Console.WriteLine(
                $"{format,-5} encode {Median(calls, () => photo.Encode(format)),8:0.0} ms, "
                + $"decode {Median(calls, () => Image.Decode(file)),8:0.0} ms, {file.Length / 1e6,6:0.00} MB");
        }
        var mask = Mask.Where(photo.ToGray(), level => level > 127);
        Console.WriteLine(
            $"mask  encode {Median(calls, () => mask.Encode(ImageFormat.Png)),8:0.0} ms, "
            + $"thin {Median(3, () => mask.Thin()),8:0.0} ms");
        return 0;
    }

    private static double Median(int calls, Func<object> work)
    {
        var times = new double[calls];
        for (var i = -1; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return times.Order().ElementAt(calls / 2);
    }
}

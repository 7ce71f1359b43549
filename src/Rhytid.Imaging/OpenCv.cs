using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>
/// The one way to OpenCV. Pixels stay managed: OpenCV sees pinned arrays for the length of a call, and whatever it
/// answers comes back as an exception of this project.
/// </summary>
internal static class OpenCv
{
    private static readonly Lazy<string?> LoadProblem = new(Load);

    /// <summary>Why OpenCV cannot be used here, or null when it can.</summary>
    public static string? Problem => LoadProblem.Value;

    /// <summary>Runs an operation of OpenCV.</summary>
    /// <exception cref="ImageException">OpenCV refuses; the message is its own.</exception>
    /// <exception cref="OpenCvMissingException">OpenCV is not installed.</exception>
    public static T Run<T>(Func<T> operation)
    {
        if (Problem is { } problem)
            throw new OpenCvMissingException(problem);
        try
        {
            return operation();
        }
        catch (OpenCvSharpException error)
        {
            throw new ImageException(FirstLine(error.Message), error);
        }
        catch (OpenCVException error)
        {
            throw new ImageException(FirstLine(error.ErrMsg), error);
        }
    }

    /// <inheritdoc cref="Run{T}(Func{T})"/>
    public static void Run(Action operation) => Run(() =>
    {
        operation();
        return true;
    });

    /// <summary>Runs an operation that writes into one raster.</summary>
    public static TTarget Draw<TTarget>(TTarget target, Action<Mat> operation)
        where TTarget : IHasMat
    {
        Run(() =>
        {
            using var to = target.AsMat();
            var pixels = to.Data;
            operation(to);
            // OpenCV makes memory of its own for a result that does not fit.
            if (to.Data != pixels)
                throw new ImageException("the target's size or type does not fit the operation");
        });
        GC.KeepAlive(target);
        return target;
    }

    /// <summary>Runs an operation that reads one raster and fills another.</summary>
    public static TTarget Apply<TTarget>(IHasMat source, TTarget target, Action<Mat, Mat> operation)
        where TTarget : IHasMat
    {
        Draw(target, to =>
        {
            using var from = source.AsMat();
            operation(from, to);
        });
        GC.KeepAlive(source);
        return target;
    }

    public static string FirstLine(string message) => message.Trim().TrimStart('>', ' ').Split('\n')[0];

    private static string? Load()
    {
        // A program compiled ahead of time does not look beside itself for it; once loaded, it is found by its name.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            _ = NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, "libOpenCvSharpExtern.so"), out _);
        try
        {
            // Errors are thrown, so nothing is printed.
            Cv2.SetLogLevel(LogLevel.SILENT);
            return null;
        }
        catch (Exception error) when (Cause(error) is { } cause)
        {
            return cause;
        }
    }

    private static string? Cause(Exception? error) => error switch
    {
        DllNotFoundException => MissingLibrary(error.Message),
        BadImageFormatException or EntryPointNotFoundException => FirstLine(error.Message),
        TypeInitializationException or OpenCvSharpException => Cause(error.InnerException),
        _ => null,
    };

    // The loader names every place it looked at, and a library that OpenCV itself needs where that one is missing.
    internal static string MissingLibrary(string message)
    {
        const string Missing = ": cannot open shared object file";
        var needed = message.Split('\n')
            .Where(line => line.Contains(Missing, StringComparison.Ordinal) && !line.Contains('/'))
            .Select(line => line[..line.IndexOf(Missing, StringComparison.Ordinal)])
            .FirstOrDefault();
        return needed switch
        {
            null => "there is no OpenCvSharpExtern library for this system; add the NuGet package "
                + "OpenCvSharp4.official.runtime.linux-x64, or that of your system",
            _ => $"{needed} is not installed; Debian: apt-get install libgtk-3-0 libdrm2 libatomic1",
        };
    }
}

/// <summary>Pixels that OpenCV may read and write.</summary>
internal interface IHasMat
{
    /// <summary>A view of the pixels; disposing it leaves them as they are.</summary>
    Mat AsMat();
}

/// <summary>OpenCV, or a library that it needs, is not installed; the message says what to do.</summary>
public sealed class OpenCvMissingException(string problem)
    : RhytidException($"OpenCV cannot be loaded: {problem}");

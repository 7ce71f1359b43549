using System.Diagnostics;
using System.Globalization;

namespace Rhytid.Tests.Shared.Fuzzing;

/// <summary>
/// Feeds damaged files to a reader. It may read them or refuse them with its documented exception, within a second and
/// within
/// 64 MiB and 16 times the file's size; anything else fails the test with the numbers that repeat the case.
/// </summary>
internal static class Fuzzer
{
    private const string CountVariable = "RHYTID_FUZZ_COUNT";
    private const string CaseVariable = "RHYTID_FUZZ_CASE";
    private const long BaseAllocation = 64L << 20;
    private const int AllocationPerByte = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Cases per format: few in ordinary test runs, many where RHYTID_FUZZ_COUNT says so (eng/fuzz).</summary>
    public static int Count => Number(CountVariable) ?? 2000;

    /// <typeparam name="TException">The only exception that the reader may throw.</typeparam>
    /// <param name="name">The format, for messages.</param>
    /// <param name="seeds">Sound files to damage.</param>
    /// <param name="count">Cases to run.</param>
    /// <param name="seed">Chooses the damage; one seed always makes the same files.</param>
    /// <param name="read">Reads a file and touches what it finds.</param>
    /// <returns>How many were read and how many refused.</returns>
    public static (int Read, int Refused) Run<TException>(
        string name, IReadOnlyList<byte[]> seeds, int count, int seed, Action<byte[]> read)
        where TException : Exception
    {
        foreach (var sound in seeds)
            read(sound);
        if (Number(CaseVariable) is { } only)
            return RunCase<TException>(name, seeds, seed, only, read) ? (1, 0) : (0, 1);
        var accepted = 0;
        for (var number = 0; number < count; number++)
            if (RunCase<TException>(name, seeds, seed, number, read))
                accepted++;
        return (accepted, count - accepted);
    }

    /// <summary>The file of one case.</summary>
    public static byte[] Make(IReadOnlyList<byte[]> seeds, int seed, int number) =>
        new Mutator(new Random(unchecked((seed * 1_000_003) + number)), seeds).Next();

    private static bool RunCase<TException>(
        string name, IReadOnlyList<byte[]> seeds, int seed, int number, Action<byte[]> read)
        where TException : Exception
    {
        var file = Make(seeds, seed, number);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var time = Measure<TException>(file, read, out var accepted, out var other);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (other is not null)
            throw Failure($"threw {other.GetType().Name}: {other.Message}", other);
        if (allocated > BaseAllocation + ((long)AllocationPerByte * file.Length))
            throw Failure($"allocated {allocated >> 20} MiB for {file.Length} bytes", null);
        // Another program may have had the processor: only what is slow twice is slow.
        if (time > Limit && Measure<TException>(file, read, out _, out _) > Limit)
            throw Failure($"took {time.TotalSeconds:0.0} s for {file.Length} bytes", null);
        return accepted;

        Exception Failure(string what, Exception? inner) =>
            new Xunit.Sdk.XunitException(
                $"{name}: seed {seed}, case {number} {what}\nto repeat it alone: {CaseVariable}={number}\n{inner?.StackTrace}",
                inner);
    }

    private static TimeSpan Measure<TException>(
        byte[] file, Action<byte[]> read, out bool accepted, out Exception? other)
    {
        (accepted, other) = (false, null);
        var watch = Stopwatch.StartNew();
        try
        {
            read(file);
            accepted = true;
        }
        catch (Exception error)
        {
            other = error is TException ? null : error;
        }
        return watch.Elapsed;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}

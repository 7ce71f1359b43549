namespace Rhytid.Models;

/// <summary>Makes one recording of several that differ in the size of the input.</summary>
internal static class RecordingJoiner
{
    /// <summary>The calls with an integer of each recording where there was one of one recording.</summary>
    /// <exception cref="SizeDependentException">The recordings differ in more than integers.</exception>
    public static IReadOnlyList<RecordedCall> Join(IReadOnlyList<ForwardRecording> recordings)
    {
        var count = recordings[0].Calls.Count;
        if (recordings.Any(recording => recording.Calls.Count != count))
            throw new SizeDependentException("the number of its operators depends on the size");
        return
        [
            .. Enumerable.Range(0, count).Select(i => Join([.. recordings.Select(recording => recording.Calls[i])]))
        ];
    }

    /// <summary>One value of the values of several recordings.</summary>
    public static RecordedValue Join(params RecordedValue[] values)
    {
        if (values.Any(value => value.Number != values[0].Number || value.Shape.Length != values[0].Shape.Length))
            throw new SizeDependentException("what an operator reads depends on the size");
        var shape = values[0].Shape.Select((_, i) => RecordedInteger.Join(values.Select(value => value.Shape[i])));
        return values[0] with { Shape = [.. shape] };
    }

    private static RecordedCall Join(RecordedCall[] calls)
    {
        var first = calls[0];
        if (calls.Any(
            call => call.Operator != first.Operator || call.Arguments.Length != first.Arguments.Length
                || call.Results.Length != first.Results.Length))
            throw new SizeDependentException($"whether {first.Operator} is called depends on the size");
        return new RecordedCall(
            first.Operator,
            [.. first.Arguments.Select((_, i) => JoinArguments([.. calls.Select(call => call.Arguments[i])]))],
            [.. first.Results.Select((_, i) => Join([.. calls.Select(call => call.Results[i])]))]);
    }

    private static object? JoinArguments(object?[] arguments) => arguments[0] switch
    {
        RecordedValue => Join([.. arguments.Select(Same<RecordedValue>)]),
        RecordedConstant => Join([.. arguments.Select(Same<RecordedConstant>)]),
        RecordedInteger => RecordedInteger.Join(arguments.Select(Same<RecordedInteger>)),
        RecordedInteger[] first => JoinLists(first, arguments).Cast<RecordedInteger>().ToArray(),
        object[] first => JoinLists(first, arguments),
        var first => arguments.All(argument => Equals(argument, first))
            ? first
            : throw new SizeDependentException("a number depends on the size"),
    };

    private static object?[] JoinLists<T>(T[] first, object?[] lists)
    {
        if (lists.Any(list => Same<T[]>(list).Length != first.Length))
            throw new SizeDependentException("the length of a list depends on the size");
        return [.. first.Select((_, i) => JoinArguments([.. lists.Select(list => (object?)((T[])list!)[i])]))];
    }

    private static RecordedConstant Join(RecordedConstant[] constants)
    {
        var first = constants[0];
        if (first.Name is not null && constants.All(constant => constant.Name == first.Name))
            return first;
        var stored = first.Read();
        foreach (var other in constants[1..].Select(constant => constant.Read()))
        {
            if (!other.Shape.SequenceEqual(stored.Shape) || !other.Bytes.Span.SequenceEqual(stored.Bytes.Span))
                throw new SizeDependentException("constants of it depend on the size");
        }
        return first;
    }

    private static T Same<T>(object? argument) => argument is T same
        ? same
        : throw new SizeDependentException("what an operator reads depends on the size");
}

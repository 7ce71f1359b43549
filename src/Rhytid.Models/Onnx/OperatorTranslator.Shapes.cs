namespace Rhytid.Models;

/// <content>
/// Operators that move elements. Sizes that depend on the input's are read from values that have them.
/// </content>
internal sealed partial class OperatorTranslator
{
    private string Rearrange(RecordedCall call, RecordedValue result)
    {
        var a = call.Arguments;
        switch (call.Operator)
        {
            case "aten::contiguous" or "aten::clone" or "aten::alias" or "aten::detach": return Name(a[0]);
            case "aten::to.dtype" when Integer(a[1]) == (long)DType.Float32: return Name(a[0]);
            case "aten::cat": return graph.Add("Concat", [.. ((object[])a[0]!).Select(Name)], ("axis", Integer(a[1])));
            case "aten::reshape" or "aten::view": return Reshape(Name(a[0]), result);
            case "aten::expand": return graph.Add("Expand", [Name(a[0]), Sizes(result.Shape)]);
            case "aten::permute": return graph.Add("Transpose", [Name(a[0])], ("perm", Integers(a[1])));
            case "aten::transpose.int": return Transpose(a);
            case "aten::unsqueeze": return graph.Add("Unsqueeze", [Name(a[0]), graph.Integers(Integer(a[1]))]);
            case "aten::squeeze.dim": return graph.Add("Squeeze", [Name(a[0]), graph.Integers(Integer(a[1]))]);
            case "aten::select.int":
                return graph.Add("Gather", [Name(a[0]), graph.Integer(Integer(a[2]))], ("axis", Integer(a[1])));
            case "aten::narrow": return Narrow(a, result);
            case "aten::roll": return Roll(a);
            case "aten::constant_pad_nd": return Pad(a, result);
            default: throw new NotSupportedException($"the operator {call.Operator} cannot be exported");
        }
    }

    private string Reshape(string value, RecordedValue result)
    {
        // One size may follow from the others.
        var open = Array.FindAll(result.Shape, size => !size.IsFixed);
        var shape = open.Length == 1
            ? graph.Integers([.. result.Shape.Select(size => size.IsFixed ? size.Value : -1)])
            : Sizes(result.Shape);
        return graph.Add("Reshape", [value, shape]);
    }

    private string Transpose(object?[] a)
    {
        var rank = Shape(a[0]).Length;
        var order = Enumerable.Range(0, rank).Select(i => (long)i).ToArray();
        var (first, second) = (Place(a[1], rank), Place(a[2], rank));
        (order[first], order[second]) = (order[second], order[first]);
        return graph.Add("Transpose", [Name(a[0])], ("perm", order));
    }

    private string Narrow(object?[] a, RecordedValue result)
    {
        var dimension = Place(a[1], result.Shape.Length);
        var start = Integer(a[2]);
        if (start == 0 && result.Shape[dimension].Equals(Shape(a[0])[dimension]))
            return Name(a[0]);
        return Slice(Name(a[0]), dimension, start, start + Integer(a[3]));
    }

    private string Slice(string value, long dimension, long start, long end) => graph.Add(
        "Slice", [value, graph.Integers(start), graph.Integers(end), graph.Integers(dimension)]);

    // What leaves at one end comes in at the other.
    private string Roll(object?[] a)
    {
        var (value, shape) = (Name(a[0]), Shape(a[0]));
        foreach (var (shift, dimension) in Integers(a[1]).Zip(Integers(a[2])))
        {
            var size = shape[dimension].Value;
            var cut = ((-shift % size) + size) % size;
            if (cut != 0)
                value = graph.Add(
                    "Concat", [Slice(value, dimension, cut, size), Slice(value, dimension, 0, cut)],
                    ("axis", dimension));
        }
        return value;
    }

    private string Pad(object?[] a, RecordedValue result)
    {
        var (source, rank) = (Shape(a[0]), result.Shape.Length);
        // libtorch names pairs of before and after, the last dimension first.
        var pairs = (RecordedInteger[])a[1]!;
        var (before, after) = (new long[rank], new RecordedInteger[rank]);
        Array.Fill(after, new RecordedInteger(0));
        for (var i = 0; i < pairs.Length / 2; i++)
            (before[rank - 1 - i], after[rank - 1 - i]) = (pairs[2 * i].Value, pairs[(2 * i) + 1]);
        if (Array.TrueForAll(before, size => size == 0) && result.Shape.SequenceEqual(source))
            return Name(a[0]);
        // What is missing behind: the result's size less what there is.
        var behind = Array.TrueForAll(after, size => size.IsFixed)
            ? graph.Integers([.. after.Select(size => size.Value)])
            : graph.Add(
                "Sub",
                [
                    graph.Add("Sub", [Sizes(result.Shape), graph.Add("Shape", [Name(a[0])])]),
                    graph.Integers(before),
                ]);
        var pads = graph.Add("Concat", [graph.Integers(before), behind], ("axis", 0L));
        return graph.Add("Pad", [Name(a[0]), pads, graph.Constant(Number(a, 2, 0))]);
    }

    private string Nearest(object?[] a, RecordedValue result) => Resize(
        a[0], result, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));

    private string Bilinear(object?[] a, RecordedValue result) => Resize(
        a[0], result, ("mode", "linear"),
        ("coordinate_transformation_mode", a.Length > 2 && a[2] is true ? "align_corners" : "half_pixel"));

    // By whole factors where the size is a multiple of the input's at every size, else to a size.
    private string Resize(object? source, RecordedValue result, params (string Name, object Value)[] attributes)
    {
        var factors = result.Shape.Zip(Shape(source), (size, from) => size.FactorOf(from) ?? 0).ToArray();
        return Array.TrueForAll(factors, factor => factor >= 1)
            ? graph.Add(
                "Resize", [Name(source), "", graph.Constant(Array.ConvertAll(factors, f => (float)f), factors.Length)],
                attributes)
            : graph.Add("Resize", [Name(source), "", "", Sizes(result.Shape)], attributes);
    }

    private static RecordedInteger[] Shape(object? argument) => ((RecordedValue)argument!).Shape;

    private static int Place(object? dimension, int rank) => (int)((Integer(dimension) + rank) % rank);

    // A list of sizes as a value of the graph.
    private string Sizes(RecordedInteger[] sizes) => Array.TrueForAll(sizes, size => size.IsFixed)
        ? graph.Integers([.. sizes.Select(size => size.Value)])
        : graph.Add("Concat", [.. sizes.Select(Size)], ("axis", 0L));

    // The first value known that has the size at every size of the input has it for the same reason.
    private string Size(RecordedInteger size)
    {
        if (size.IsFixed)
            return graph.Integers(size.Value);
        foreach (var (value, name) in _known)
        {
            var dimension = Array.FindIndex(value.Shape, size.Equals);
            if (dimension < 0)
                continue;
            return _sizes.TryGetValue((name, dimension), out var known)
                ? known
                : _sizes[(name, dimension)] = graph.Add(
                    "Shape", [name], ("start", (long)dimension), ("end", dimension + 1L));
        }
        throw new SizeDependentException($"no value has the size {size}");
    }
}

namespace Rhytid.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>The same elements in another shape; one size may be -1.</summary>
    public Tensor Reshape(params long[] shape) => Ops.Reshape.Call(this, shape);

    /// <summary>The same memory in another shape; one size may be -1.</summary>
    public Tensor View(params long[] shape) => Ops.View.Call(this, shape);

    /// <summary>The dimensions from <paramref name="start"/> to <paramref name="end"/> merged into one.</summary>
    public Tensor Flatten(int start = 0, int end = -1) => Ops.Flatten.Call(this, start, end);

    /// <summary>The dimensions in another order.</summary>
    public Tensor Permute(params long[] order) => Ops.Permute.Call(this, order);

    /// <summary>Two dimensions exchanged.</summary>
    public Tensor Transpose(int first, int second) => Ops.Transpose.Call(this, first, second);

    /// <summary>A dimension of size 1 inserted.</summary>
    public Tensor Unsqueeze(int dimension) => Ops.Unsqueeze.Call(this, dimension);

    /// <summary>A dimension of size 1 removed.</summary>
    public Tensor Squeeze(int dimension) => Ops.Squeeze.Call(this, dimension);

    /// <summary>Dimensions of size 1 repeated without a copy.</summary>
    public Tensor Expand(params long[] shape) => Ops.Expand.Call(this, shape);

    /// <summary>
    /// Elements <paramref name="start"/> to <paramref name="start"/> + <paramref name="length"/> along one dimension,
    /// without a copy.
    /// </summary>
    public Tensor Narrow(int dimension, long start, long length) => Ops.Narrow.Call(this, dimension, start, length);

    /// <summary>Equal parts along one dimension.</summary>
    public Tensor[] Chunk(int chunks, int dimension = 0) => Ops.Chunk.CallMany(this, chunks, dimension)!;

    /// <summary>The elements shifted circularly.</summary>
    public Tensor Roll(long[] shifts, long[] dimensions) => Ops.Roll.Call(this, shifts, dimensions);

    /// <summary>The order of elements reversed along some dimensions.</summary>
    public Tensor Flip(params long[] dimensions) => Ops.Flip.Call(this, dimensions);

    /// <summary>Rows chosen by number along one dimension.</summary>
    public Tensor IndexSelect(int dimension, Tensor rows) => Ops.IndexSelect.Call(this, dimension, rows);

    /// <summary>
    /// Picks one element of a dimension for each place of <paramref name="places"/> (Int64), whose shape the result
    /// has.
    /// </summary>
    public Tensor Gather(int dimension, Tensor places) => Ops.Gather.Call(this, dimension, places);

    /// <summary>The largest values along the last dimension, the largest first.</summary>
    public Tensor TopK(long count) => Ops.TopK.CallMany(this, count)[0]!;

    /// <summary>
    /// Padding of the last dimensions with a value: pairs of (before, after), innermost first. Negative numbers crop.
    /// </summary>
    public Tensor Pad(long[] padding, double value = 0) => Ops.ConstantPad.Call(this, padding, value);

    /// <summary>
    /// Padding of the last two dimensions by mirroring without repeating the edge: left, right, top, bottom.
    /// </summary>
    public Tensor PadReflect(long left, long right, long top, long bottom) =>
        Ops.ReflectionPad2d.Call(this, new[] { left, right, top, bottom });

    /// <summary>Tensors joined along an existing dimension.</summary>
    public static Tensor Cat(IReadOnlyList<Tensor> tensors, int dimension) =>
        Ops.Cat.Call((Tensor?[])[.. tensors], dimension);

    /// <summary>Tensors joined along a new dimension.</summary>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors, int dimension = 0) =>
        Ops.Stack.Call((Tensor?[])[.. tensors], dimension);

    /// <summary>The elements in a given memory order; the same tensor where they are in it already.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => Ops.Contiguous.Call(this, format);

    /// <summary>A copy of its own, in the same memory order.</summary>
    public Tensor Clone() => Ops.Clone.Call(this);

    /// <summary>The elements converted to another type; the same tensor where they are of it already.</summary>
    public Tensor To(DType type) => Ops.ToType.Call(this, type);

    /// <summary>The elements on another device; the same tensor where they are there already.</summary>
    public Tensor To(Device device) => Ops.ToDevice.Call(this, device, DType);

    /// <summary>Fills this tensor with another's elements, converting where types differ.</summary>
    public Tensor CopyFrom(Tensor source)
    {
        Ops.CopyInPlace.Run(this, source);
        return this;
    }

    /// <summary>
    /// A part of the tensor, without a copy: numbers, ranges, <see cref="TensorIndex.Ellipsis"/> and
    /// <see cref="TensorIndex.NewAxis"/>.
    /// </summary>
    /// <example><c>batch[0, .., 16..32, ^1]</c> is image 0, every channel, rows 16 to 31, the last column.</example>
    public Tensor this[params ReadOnlySpan<TensorIndex> indices]
    {
        get
        {
            var result = this;
            var taken = 0;
            foreach (var index in indices)
                taken += index.Kind is TensorIndexKind.Element or TensorIndexKind.Range ? 1 : 0;
            if (taken > Dimensions)
                throw new ArgumentException(
                    $"{taken} indices for a tensor of {Dimensions} dimensions", nameof(indices));
            var dimension = 0;
            foreach (var index in indices)
            {
                switch (index.Kind)
                {
                    case TensorIndexKind.Element:
                        result = Ops.Select.Call(
                            result, dimension, index.Start.IsFromEnd ? -index.Start.Value : index.Start.Value);
                        break;
                    case TensorIndexKind.Range:
                        var size = result.Size(dimension);
                        var start = index.Start.IsFromEnd ? size - index.Start.Value : index.Start.Value;
                        var end = index.End.IsFromEnd ? size - index.End.Value : index.End.Value;
                        if (start < 0 || end > size || end < start)
                            throw new ArgumentOutOfRangeException(
                                nameof(indices),
                                $"the range {start}..{end} does not lie in dimension {dimension} of size {size}");
                        result = Ops.Slice.Call(result, dimension++, start, end);
                        break;
                    case TensorIndexKind.NewAxis:
                        result = result.Unsqueeze(dimension++);
                        break;
                    default:
                        dimension += Dimensions - taken;
                        break;
                }
            }
            return ReferenceEquals(result, this) ? Ops.Alias.Call(this) : result;
        }
    }
}

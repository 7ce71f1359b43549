using System.Runtime.InteropServices;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Face parsing labels: for every pixel the number of a part of the face, 0 to 18.</summary>
public static class FaceLabels
{
    /// <summary>
    /// Label of a pixel of which is known only that it is some part of the face: skin, nose, an eye, a brow or an ear.
    /// </summary>
    public const byte SomeFacePart = 19;

    /// <summary>
    /// Label of a pixel of which is known only that it is none of those parts: hair, background, what is worn.
    /// </summary>
    public const byte NoFacePart = 20;

    private const int LargestClass = NoFacePart;

    /// <summary>The classes that <see cref="SomeFacePart"/> stands for, in the order of BiSeNet.</summary>
    public static IReadOnlyList<int> FacePartClasses { get; } = [1, 2, 3, 4, 5, 7, 8, 10];

    /// <summary>
    /// The classes that are face skin, without brows, lips and eyes: skin and nose (Moon keeps {1, 10} of BiSeNet's
    /// order).
    /// </summary>
    public static IReadOnlySet<int> SkinClasses(LabelOrder order) =>
        order == LabelOrder.BiSeNet ? new HashSet<int> { 1, 10 } : new HashSet<int> { 1, 2 };

    /// <summary>
    /// Reads labels from a .npy file (any integer type, two dimensions, C or Fortran order) or a grey picture.
    /// </summary>
    /// <exception cref="DatasetException">The file holds no labels.</exception>
    /// <exception cref="ImageException">The picture cannot be read.</exception>
    public static Plane<byte> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var labels = DatasetFolder.IsArray(path)
            ? LoadArray(path)
            : SampleFiles.Load(path, static path => ImageEncoding.LoadLabels(path));
        var largest = System.Numerics.Tensors.TensorPrimitives.Max<byte>(labels.Samples);
        return largest <= LargestClass
            ? labels
            : throw new DatasetException(
                $"{path}: holds the value {largest}, but face parts are numbered 0 to 18 (and {SomeFacePart}, some part of the face, {NoFacePart}, none)");
    }

    // Place i holds the number in BiSeNet's order of class i of CelebAMask-HQ.
    private static readonly byte[] BiSeNetOf =
    [
        0, 1, 10, 6, 4, 5, 2, 3, 7, 8, 11, 12, 13, 17, 18, 9, 15, 14, 16, SomeFacePart, NoFacePart
    ];

    /// <summary>The same labels in another order of classes.</summary>
    public static Plane<byte> InOrder(Plane<byte> labels, LabelOrder from, LabelOrder to)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (from == to)
            return labels;
        var numbers = new byte[byte.MaxValue + 1];
        for (byte i = 0; i < BiSeNetOf.Length; i++)
            (numbers[from == LabelOrder.BiSeNet ? BiSeNetOf[i] : i]) = from == LabelOrder.BiSeNet ? i : BiSeNetOf[i];
        var changed = new Plane<byte>(labels.Width, labels.Height);
        for (var i = 0; i < labels.Samples.Length; i++)
            changed.Samples[i] = numbers[labels.Samples[i]];
        return changed;
    }

    /// <summary>Square labels at another size, by nearest neighbour.</summary>
    public static Plane<byte> Resize(Plane<byte> labels, int size)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var resized = new Plane<byte>(size, size);
        for (var y = 0; y < size; y++)
        {
            var from = labels.Row((int)((long)y * labels.Height / size));
            var to = resized.Row(y);
            for (var x = 0; x < size; x++)
                to[x] = from[(int)((long)x * labels.Width / size)];
        }
        return resized;
    }

    /// <summary>
    /// The pixels of some classes, at another size: nearest neighbour, which is plain pixel doubling from 512 to 1024.
    /// </summary>
    public static Mask MaskOf(Plane<byte> labels, IReadOnlySet<int> classes, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        var valueOf = new byte[byte.MaxValue + 1];
        foreach (var value in classes)
            valueOf[value] = Mask.Set;
        var columns = new int[width];
        for (var x = 0; x < width; x++)
            columns[x] = (int)((long)x * labels.Width / width);
        var mask = new Mask(width, height);
        for (var (y, before) = (0, -1); y < height; y++)
        {
            var row = (int)((long)y * labels.Height / height);
            if (row == before)
                mask.Row(y - 1).CopyTo(mask.Row(y));
            else
                Look(labels.Row(row), columns, valueOf, mask.Row(y));
            before = row;
        }
        return mask;
    }

    private static void Look(ReadOnlySpan<byte> labels, int[] columns, byte[] valueOf, Span<byte> row)
    {
        for (var x = 0; x < row.Length; x++)
            row[x] = valueOf[labels[columns[x]]];
    }

    private static Plane<byte> LoadArray(string path)
    {
        StoredTensor array;
        try
        {
            array = Npy.Read(path);
        }
        catch (Exception error) when (error is RhytidException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                error.Message.Contains(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}",
                error);
        }
        if (array.Shape is not [> 0 and <= ushort.MaxValue, > 0 and <= ushort.MaxValue])
            throw new DatasetException(
                $"{path}: labels have two dimensions, this array has the shape ({string.Join(", ", array.Shape)})");
        var labels = new Plane<byte>((int)array.Shape[1], (int)array.Shape[0]);
        var values = array.Bytes.Span;
        switch (array.Type)
        {
            case DType.UInt8 or DType.Int8 or DType.Bool:
                values.CopyTo(labels.Samples);
                break;
            case DType.Int16:
                Narrow<short>(values, labels.Samples);
                break;
            case DType.Int32:
                Narrow<int>(values, labels.Samples);
                break;
            case DType.Int64:
                Narrow<long>(values, labels.Samples);
                break;
            default:
                throw new DatasetException($"{path}: labels are whole numbers, this array holds {array.Type}");
        }
        return labels;
    }

    // What does not fit a byte becomes 255, which is no face part either.
    private static void Narrow<T>(ReadOnlySpan<byte> from, Span<byte> to)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(from);
        var largest = T.CreateChecked(LargestClass);
        for (var i = 0; i < to.Length; i++)
            to[i] = values[i] >= T.Zero && values[i] <= largest ? byte.CreateTruncating(values[i]) : byte.MaxValue;
    }
}

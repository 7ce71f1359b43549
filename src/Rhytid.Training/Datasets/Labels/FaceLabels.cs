using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Layouts;

namespace Rhytid.Training.Datasets.Labels;

/// <summary>Face parsing labels: for every pixel the number of a part of the face, 0 to 18.</summary>
public static class FaceLabels
{
    private const int LargestClass = 18;

    /// <summary>The classes that are face skin, without brows, lips and eyes: skin and nose (Moon keeps {1, 10} of BiSeNet's order).</summary>
    public static IReadOnlySet<int> SkinClasses(LabelOrder order) => order == LabelOrder.BiSeNet ? new HashSet<int> { 1, 10 } : new HashSet<int> { 1, 2 };

    /// <summary>Reads labels from a .npy file (any integer type, two dimensions, C or Fortran order) or a grey picture.</summary>
    /// <exception cref="DatasetException">The file holds no labels.</exception>
    /// <exception cref="ImageException">The picture cannot be read.</exception>
    public static Plane<byte> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var labels = DatasetFolder.IsArray(path) ? LoadArray(path) : SampleFiles.Load(path, static path => ImageEncoding.LoadLabels(path));
        var largest = System.Numerics.Tensors.TensorPrimitives.Max<byte>(labels.Samples);
        return largest <= LargestClass ? labels : throw new DatasetException($"{path}: holds the value {largest}, but face parts are numbered 0 to {LargestClass}");
    }

    /// <summary>The pixels of some classes, at another size: nearest neighbour, which is plain pixel doubling from 512 to 1024.</summary>
    public static Mask MaskOf(Plane<byte> labels, IReadOnlySet<int> classes, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        Span<bool> isIn = stackalloc bool[byte.MaxValue + 1];
        foreach (var value in classes)
            isIn[value] = true;
        var mask = new Mask(width, height);
        for (var y = 0; y < height; y++)
        {
            var from = labels.Row((int)((long)y * labels.Height / height));
            var to = mask.Row(y);
            for (var x = 0; x < width; x++)
                to[x] = isIn[from[(int)((long)x * labels.Width / width)]] ? Mask.Set : (byte)0;
        }
        return mask;
    }

    private static Plane<byte> LoadArray(string path)
    {
        StoredTensor array;
        try
        {
            array = Npy.Read(path);
        }
        catch (Exception error) when (error is CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(error.Message.Contains(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}", error);
        }
        if (array.Shape is not [> 0 and <= ushort.MaxValue, > 0 and <= ushort.MaxValue])
            throw new DatasetException($"{path}: labels have two dimensions, this array has the shape ({string.Join(", ", array.Shape)})");
        var labels = new Plane<byte>((int)array.Shape[1], (int)array.Shape[0]);
        var values = array.Bytes.Span;
        var width = array.Type switch
        {
            DType.UInt8 or DType.Int8 or DType.Bool => sizeof(byte),
            DType.Int16 => sizeof(short),
            DType.Int32 => sizeof(int),
            DType.Int64 => sizeof(long),
            _ => throw new DatasetException($"{path}: labels are whole numbers, this array holds {array.Type}"),
        };
        // Little-endian: the low byte comes first, and the others have to be 0.
        for (var i = 0; i < labels.Samples.Length; i++)
        {
            var element = values.Slice(i * width, width);
            labels.Samples[i] = element[1..].ContainsAnyExcept((byte)0) ? byte.MaxValue : element[0];
        }
        return labels;
    }
}

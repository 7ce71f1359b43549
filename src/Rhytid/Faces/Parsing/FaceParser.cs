using System.Numerics.Tensors;
using Rhytid.Imaging;
using Rhytid.Inference;
using Rhytid.Inference.Serialization;
using Rhytid.Networks;
using Rhytid.Shipped;

namespace Rhytid.Faces.Parsing;

/// <summary>
/// Labels the parts of an aligned face with a trained network: 19 classes in the order of BiSeNet, 1 skin, 10 nose.
/// Safe to use from many threads.
/// </summary>
public sealed class FaceParser : IDisposable
{
    /// <summary>How many parts of a face there are, the background among them.</summary>
    public const int ClassCount = 19;

    private const int SmallestSize = 32;

    private readonly IPixelNetwork _network;
    private readonly Preprocessing _preprocessing;

    /// <summary>Takes over a network.</summary>
    /// <param name="file">A network of 19 classes that sees colour; disposed with the parser.</param>
    /// <exception cref="ArgumentException">The network is another one.</exception>
    public FaceParser(NetworkFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Network is not { InChannels: 3, OutChannels: ClassCount })
            throw new ArgumentException(
                $"face parsing needs a network of 3 channels and {ClassCount} classes; this is {file.Header.Model} with {file.Network.InChannels} and {file.Network.OutChannels}",
                nameof(file));
        (_network, _preprocessing) = (file.Network, file.Header.Preprocessing);
    }

    /// <summary>Side of the labels in pixels.</summary>
    public int Size => _preprocessing.Size;

    /// <summary>Loads a network that Rhytid saved and that runs without libtorch.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="CheckpointException">The file is no such network.</exception>
    public static FaceParser Load(string path, int? threads = null) =>
        Load(path, file => NetworkFile.Load(file, threads));

    /// <summary>Loads a network in a way of the caller's.</summary>
    /// <exception cref="CheckpointException">The file is no face parser.</exception>
    public static FaceParser Load(string path, Func<string, NetworkFile> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        var file = load(path);
        try
        {
            return new FaceParser(file);
        }
        catch (ArgumentException e)
        {
            file.Dispose();
            throw new CheckpointException(path, e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <summary>Loads the parser that ships.</summary>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="CheckpointException">The file is missing or was changed.</exception>
    public static FaceParser LoadShipped(int? threads = null) =>
        Load(ShippedModels.Default.PathOf(ShippedModels.FaceParser), threads);

    /// <summary>The class of every pixel of an aligned face, as large as the network sees it.</summary>
    /// <param name="face">The face; it is resized to <see cref="Size"/> squared, as the network's training did.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    public Plane<byte> Parse(Image face, CancellationToken cancellationToken = default)
    {
        var logits = Run(face, cancellationToken);
        var classes = new Plane<byte>(Size, Size);
        for (var i = 0; i < classes.Samples.Length; i++)
            classes.Samples[i] = (byte)TensorPrimitives.IndexOfMax(logits.AsSpan(i * ClassCount, ClassCount));
        return classes;
    }

    /// <summary>
    /// The class of every pixel of an aligned face at a size of choice: classes are decided there, between the
    /// network's pixels.
    /// </summary>
    /// <param name="face">The face.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    public Plane<byte> Parse(Image face, int width, int height, CancellationToken cancellationToken = default)
    {
        var logits = Run(face, cancellationToken);
        var classes = new Plane<byte>(width, height);
        Parallel.For(0, height, new ParallelOptions { CancellationToken = cancellationToken }, y =>
        {
            var blended = new float[Size * ClassCount];
            var between = new float[ClassCount];
            var (top, bottom, down) = Neighbours(y, height);
            var length = Size * ClassCount;
            Blend(logits.AsSpan(top * length, length), logits.AsSpan(bottom * length, length), down, blended);
            var row = classes.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Neighbours(x, width);
                Blend(
                    blended.AsSpan(left * ClassCount, ClassCount), blended.AsSpan(right * ClassCount, ClassCount),
                    across, between);
                row[x] = (byte)TensorPrimitives.IndexOfMax<float>(between);
            }
        });
        return classes;
    }

    /// <summary>Labels one face in its photo.</summary>
    /// <param name="crop">The face, cut out of the photo.</param>
    /// <param name="labels">Of the photo's size; gets the class of every pixel that the face's square covers, unless
    /// that is background.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    public void Parse(FaceCrop crop, Plane<byte> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(crop);
        crop.Add(Parse(crop.Face.Image, crop.Face.Width, crop.Face.Height, cancellationToken), labels);
    }

    /// <summary>
    /// The probability that a pixel of an aligned face is of one of some classes, as large as the network sees it.
    /// </summary>
    /// <param name="face">The face.</param>
    /// <param name="groups">Their numbers: one group of classes for each plane of the result, all of one run of the
    /// network.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    /// <returns>A plane for each group, <see cref="Size"/> squared, 0 to 1.</returns>
    public Plane<float>[] Probabilities(
        Image face, IReadOnlyList<IReadOnlyCollection<int>> groups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var probabilities = Run(face, cancellationToken);
        var planes = groups.Select(_ => new Plane<float>(Size, Size)).ToArray();
        for (var i = 0; i < Size * Size; i++)
        {
            var pixel = probabilities.AsSpan(i * ClassCount, ClassCount);
            TensorPrimitives.SoftMax(pixel, pixel);
            for (var group = 0; group < planes.Length; group++)
                foreach (var number in groups[group])
                    planes[group].Samples[i] += pixel[number];
        }
        return planes;
    }

    /// <summary>
    /// Runs the network once on an empty picture of the smallest size, so that the first face does not wait for code
    /// to be compiled.
    /// </summary>
    /// <param name="cancellationToken">Looked at between layers.</param>
    public void WarmUp(CancellationToken cancellationToken = default) => _network.Run(
        new float[SmallestSize * SmallestSize * 3], SmallestSize, SmallestSize,
        new float[SmallestSize * SmallestSize * ClassCount], cancellationToken);

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    // (Size, Size, 19)
    private float[] Run(Image face, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(face);
        var sized = face.Width == Size && face.Height == Size ? face : face.Resize(Size, Size);
        var input = NetworkImage.Normalize(sized, texture: null, inside: null, _preprocessing);
        var logits = new float[Size * Size * ClassCount];
        _network.Run(input.Pixels, Size, Size, logits, cancellationToken);
        return logits;
    }

    // Bilinear interpolation between pixels' centres.
    private (int Near, int Far, float Share) Neighbours(int place, int size)
    {
        var source = Math.Max(0, ((place + 0.5f) * Size / size) - 0.5f);
        var near = Math.Min((int)source, Size - 1);
        return (near, Math.Min(near + 1, Size - 1), source - near);
    }

    private static void Blend(ReadOnlySpan<float> near, ReadOnlySpan<float> far, float share, Span<float> target)
    {
        TensorPrimitives.Multiply(near, 1 - share, target);
        TensorPrimitives.MultiplyAdd(far, share, target, target);
    }
}

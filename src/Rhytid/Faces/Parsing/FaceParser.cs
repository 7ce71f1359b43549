using Rhytid.Inference.Serialization;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Shipped;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Faces.Parsing;

/// <summary>
/// Labels the parts of an aligned face with a trained network: 19 classes in the order of BiSeNet, 1 skin, 10 nose.
/// Safe to use from many threads.
/// </summary>
public sealed class FaceParser : IDisposable
{
    /// <summary>How many parts of a face there are, the background among them.</summary>
    public const int ClassCount = 19;

    private readonly InferenceSession _session;
    private readonly Preprocessing _preprocessing;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Takes over a network.</summary>
    /// <param name="model">A network of 19 classes that sees colour; disposed with the parser.</param>
    /// <param name="settings">Precision and device.</param>
    /// <exception cref="ArgumentException">The network is another one.</exception>
    public FaceParser(ModelFile model, InferenceSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Network.Options is not { InChannels: 3, OutChannels: ClassCount })
            throw new ArgumentException(
                $"face parsing needs a network of 3 channels and {ClassCount} classes; this is {model.Model} with {model.Network.Options.InChannels} and {model.Network.Options.OutChannels}",
                nameof(model));
        _preprocessing = model.Preprocessing;
        _session = new InferenceSession(model.Network, settings);
    }

    /// <summary>Side of the labels in pixels.</summary>
    public int Size => _preprocessing.Size;

    /// <summary>Loads a network that Rhytid saved or converted.</summary>
    /// <exception cref="CheckpointException">The file is no such network.</exception>
    public static FaceParser Load(string path, InferenceSettings? settings = null)
    {
        var model = ModelFile.Load(path);
        try
        {
            return new FaceParser(model, settings);
        }
        catch (ArgumentException e)
        {
            model.Dispose();
            throw new CheckpointException(path, e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <summary>Loads the parser that ships.</summary>
    /// <exception cref="CheckpointException">The file is missing or was changed.</exception>
    public static FaceParser LoadShipped(InferenceSettings? settings = null) =>
        Load(ShippedModels.Default.PathOf(ShippedModels.FaceParser), settings);

    /// <summary>The class of every pixel of an aligned face, as large as the network sees it.</summary>
    /// <param name="face">The face; it is resized to <see cref="Size"/> squared, as the network's training did.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    public Plane<byte> Parse(Image face, CancellationToken cancellationToken = default) => Run(face, logits =>
    {
        var classes = logits.ArgMax(0).To(DType.UInt8).Contiguous();
        return Plane<byte>.FromPixels(classes.AsSpan<byte>(), Size, Size);
    }, cancellationToken);

    /// <summary>
    /// The class of every pixel of an aligned face at a size of choice: classes are decided there, between the
    /// network's pixels.
    /// </summary>
    /// <param name="face">The face.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    public Plane<byte> Parse(Image face, int width, int height, CancellationToken cancellationToken = default) =>
        Run(face, logits =>
        {
            var classes =
                logits.Unsqueeze(0).Interpolate(new Size2(height, width), InterpolationMode.Bilinear)[0].ArgMax(0)
                    .To(DType.UInt8)
                    .Contiguous();
            return Plane<byte>.FromPixels(classes.AsSpan<byte>(), width, height);
        }, cancellationToken);

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
        return Run(face, logits =>
        {
            var all = logits.Softmax(0);
            return groups.Select(classes =>
            {
                var sum = classes.Select(number => all.Narrow(0, number, 1)).Aggregate((a, b) => a + b).Contiguous();
                return Plane<float>.FromPixels(sum.AsSpan<float>(), Size, Size);
            }).ToArray();
        }, cancellationToken);
    }

    // (19, H, W) to whatever is wanted of it.
    private T Run<T>(Image face, Func<Tensor, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(face);
        _turn.Wait(cancellationToken);
        try
        {
            using var scope = TensorScope.Begin(cancellationToken);
            using var mode = Autograd.Inference();
            var sized = face.Width == Size && face.Height == Size ? face : face.Resize(Size, Size);
            return read(
                _session.Run(
                    NetworkPixels.Normalize(sized, texture: null, inside: null, _preprocessing), cancellationToken)[0]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc cref="InferenceSession.WarmUp"/>
    public void WarmUp(CancellationToken cancellation = default) => _session.WarmUp(cancellation);

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _turn.Dispose();
    }
}

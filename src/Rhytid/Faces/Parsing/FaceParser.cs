using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Segmentation.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Faces.Parsing;

/// <summary>Labels the parts of a face with a trained BiSeNet: 19 classes, 1 skin, 10 nose (SPEC 1.9). Safe to use from many threads.</summary>
public sealed class FaceParser : IDisposable
{
    /// <summary>How many parts of a face there are, the background among them.</summary>
    public const int ClassCount = 19;

    private readonly InferenceSession _session;
    private readonly Preprocessing _preprocessing;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Takes over a network.</summary>
    /// <param name="model">A BiSeNet of 19 classes; disposed with the parser.</param>
    /// <param name="settings">Precision and device.</param>
    /// <exception cref="ArgumentException">The network is another one.</exception>
    public FaceParser(ModelFile model, InferenceSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Model != "bisenet" || model.Network.Options.OutChannels != ClassCount)
            throw new ArgumentException($"face parsing needs a bisenet of {ClassCount} classes; this is {model.Model} with {model.Network.Options.OutChannels}", nameof(model));
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

    /// <summary>The class of every pixel of an aligned face, as large as the network sees it.</summary>
    /// <param name="face">The face; it is resized to <see cref="Size"/> squared, as the network's training did.</param>
    /// <param name="cancellationToken">Stops between layers.</param>
    public Plane<byte> Parse(Image face, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        _turn.Wait(cancellationToken);
        try
        {
            using var scope = TensorScope.Begin(cancellationToken);
            using var mode = Autograd.Inference();
            var sized = face.Width == Size && face.Height == Size ? face : face.Resize(Size, Size, Interpolation.Linear);
            var logits = _session.Run(NetworkInput.Normalize(sized, texture: null, inside: null, _preprocessing), cancellationToken);
            var classes = logits[0].ArgMax(0).To(DType.UInt8).Contiguous();
            return Plane<byte>.FromPixels(classes.AsSpan<byte>(), Size, Size);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _turn.Dispose();
    }
}

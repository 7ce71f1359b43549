using System.Security.Cryptography;
using Rhytid.Inference.Serialization;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Shipped;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Segmentation.Networks;

/// <summary>Finds wrinkles with a trained network.</summary>
/// <remarks>
/// Several threads may use one object; the network itself works for one of them at a time, with all processors.
/// </remarks>
public sealed class NetworkSegmenter : IWrinkleSegmenter, IDisposable
{
    private readonly InferenceSession _session;
    private readonly Preprocessing _preprocessing;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Takes over a network.</summary>
    /// <param name="model">The network and what it was trained to see; disposed with the segmenter.</param>
    /// <param name="settings">Precision, device, tiles.</param>
    /// <exception cref="ArgumentException">The network does not look at faces or does not tell wrinkles from the
    /// rest.</exception>
    public NetworkSegmenter(ModelFile model, InferenceSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Metadata.TryGetValue(ModelFile.ObjectiveKey, out var objective))
            throw new ArgumentException(
                $"the network was pre-trained ({objective}) and does not find wrinkles yet; train one from it",
                nameof(model));
        if (model.Network.Options.OutChannels is not (1 or 2))
            throw new ArgumentException(
                $"the network has {model.Network.Options.OutChannels} classes; wrinkles need 1 logit, or 2 (background, wrinkle)",
                nameof(model));
        model.Preprocessing.Check(model.Network.Options.InChannels);
        _preprocessing = model.Preprocessing;
        Name = model.Model;
        Metadata = model.Metadata;
        _session = new InferenceSession(model.Network, settings);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public WeightsFile? Weights { get; private init; }

    /// <inheritdoc/>
    public string? Warning =>
        Metadata.GetValueOrDefault(ModelFile.SourceKey) == ModelFile.Untrained
            ? "the network, or its output, is untrained: what it finds is noise"
            : null;

    /// <summary>What the network was trained to see.</summary>
    public Preprocessing Preprocessing => _preprocessing;

    /// <summary>What was saved with the network: where it comes from, its data, its licence.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The precision that is used.</summary>
    public Precision Precision => _session.Precision;

    /// <summary>Loads a network that Rhytid saved.</summary>
    /// <exception cref="CheckpointException">The file is no such network.</exception>
    public static NetworkSegmenter Load(string path, InferenceSettings? settings = null)
    {
        var model = ModelFile.Load(path);
        try
        {
            return new NetworkSegmenter(model, settings)
            {
                Weights = new WeightsFile(Path.GetFileName(path), Hash(path))
            };
        }
        catch (ArgumentException e)
        {
            model.Dispose();
            throw new CheckpointException(path, e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <summary>Loads a wrinkle network that ships.</summary>
    /// <param name="settings">Precision, device, tiles.</param>
    /// <param name="file"><see cref="ShippedModels.WrinkleModel"/> or
    /// <see cref="ShippedModels.OpenWrinkleModel"/>.</param>
    /// <exception cref="CheckpointException">The file is missing, was changed, or does not ship.</exception>
    public static NetworkSegmenter LoadShipped(
        InferenceSettings? settings = null, string file = ShippedModels.WrinkleModel) =>
        Load(ShippedModels.Default.PathOf(file), settings);

    /// <inheritdoc/>
    public WrinkleMap Segment(FaceImage face, Mask skin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(skin);
        var map = Probabilities(face, skin, cancellationToken);
        KeepSkin(map, skin);
        return new WrinkleMap(map, (float)_preprocessing.Threshold);
    }

    /// <summary>
    /// The network's own probabilities: unlike those of <see cref="Segment"/> they are not set to 0 outside the skin.
    /// </summary>
    /// <param name="face">The face.</param>
    /// <param name="skin">Of the face's size; what the network sees of the rest is black where it was trained
    /// so.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    /// <returns>Of the face's size, 0 to 1.</returns>
    public Plane<float> Probabilities(FaceImage face, Mask skin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(skin);
        using var scope = TensorScope.Begin(cancellationToken);
        var probabilities = Probabilities(NetworkInput.Make(face, skin, _preprocessing), cancellationToken);
        return probabilities.Width == face.Width && probabilities.Height == face.Height
            ? probabilities
            : probabilities.Resize(face.Width, face.Height, Interpolation.Linear);
    }

    /// <summary>
    /// Probabilities of an input that was scaled and masked already, as packed data sets are for training.
    /// </summary>
    /// <param name="input">(1, 3 or 4, H, W), Float32.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    /// <returns>H x W, 0 to 1.</returns>
    public Plane<float> Probabilities(Tensor input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        _turn.Wait(cancellationToken);
        try
        {
            using var scope = TensorScope.Begin(cancellationToken);
            using var mode = Autograd.Inference();
            var logits = _session.Run(input, cancellationToken);
            var wrinkle = _session.OutChannels == 1 ? logits[0, 0].Sigmoid() : logits.Softmax(dimension: 1)[0, 1];
            var size = wrinkle.ImageSize();
            return Plane<float>.FromPixels(wrinkle.Contiguous().AsSpan<float>(), (int)size.Width, (int)size.Height);
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

    private static string Hash(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, "cannot be read", error);
        }
    }

    private static void KeepSkin(Plane<float> map, Mask skin)
    {
        var values = map.Samples;
        var inside = skin.Samples;
        for (var i = 0; i < values.Length; i++)
            if (inside[i] == 0)
                values[i] = 0;
    }
}

using System.Security.Cryptography;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Inference;
using Rhytid.Inference.Serialization;
using Rhytid.Networks;
using Rhytid.Shipped;

namespace Rhytid.Segmentation.Networks;

/// <summary>Finds wrinkles with a trained network.</summary>
/// <remarks>Several threads may use one object.</remarks>
public sealed class NetworkSegmenter : IWrinkleSegmenter, IDisposable
{
    // Every network here takes it, padded or not.
    private const int SmallestSize = 32;

    private readonly IPixelNetwork _network;

    /// <summary>Takes over a network.</summary>
    /// <param name="file">The network and what it was trained to see; disposed with the segmenter.</param>
    /// <exception cref="ArgumentException">The network does not look at faces or does not tell wrinkles from the
    /// rest.</exception>
    public NetworkSegmenter(NetworkFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Header.Metadata.TryGetValue(NetworkHeader.ObjectiveKey, out var objective))
            throw new ArgumentException(
                $"the network was pre-trained ({objective}) and does not find wrinkles yet; train one from it",
                nameof(file));
        if (file.Network.OutChannels is not (1 or 2))
            throw new ArgumentException(
                $"the network has {file.Network.OutChannels} classes; wrinkles need 1 logit, or 2 (background, wrinkle)",
                nameof(file));
        file.Header.Preprocessing.Check(file.Network.InChannels);
        (_network, Preprocessing) = (file.Network, file.Header.Preprocessing);
        (Name, Metadata) = (file.Header.Model, file.Header.Metadata);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public WeightsFile? Weights { get; private init; }

    /// <inheritdoc/>
    public string? Warning =>
        Metadata.GetValueOrDefault(NetworkHeader.SourceKey) == NetworkHeader.Untrained
            ? "the network, or its output, is untrained: what it finds is noise"
            : null;

    /// <summary>What the network was trained to see.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>What was saved with the network: where it comes from, its data, its licence.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Loads a network that Rhytid saved and that runs without libtorch.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="CheckpointException">The file is no such network.</exception>
    public static NetworkSegmenter Load(string path, int? threads = null) =>
        Load(path, file => NetworkFile.Load(file, threads));

    /// <summary>Loads a network in a way of the caller's.</summary>
    /// <param name="path">The file, whose name and hash stand in reports.</param>
    /// <param name="load">Reads it.</param>
    /// <exception cref="CheckpointException">The file is no network that finds wrinkles.</exception>
    public static NetworkSegmenter Load(string path, Func<string, NetworkFile> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        var file = load(path);
        try
        {
            return new NetworkSegmenter(file) { Weights = new WeightsFile(Path.GetFileName(path), Hash(path)) };
        }
        catch (ArgumentException e)
        {
            file.Dispose();
            throw new CheckpointException(path, e.Message.Split(" (Parameter")[0], e);
        }
    }

    /// <summary>Loads a wrinkle network that ships.</summary>
    /// <param name="file"><see cref="ShippedModels.WrinkleModel"/> or
    /// <see cref="ShippedModels.OpenWrinkleModel"/>.</param>
    /// <param name="threads">Threads that work on one image; as many as there are processors unless given.</param>
    /// <exception cref="CheckpointException">The file is missing, was changed, or does not ship.</exception>
    public static NetworkSegmenter LoadShipped(string file = ShippedModels.WrinkleModel, int? threads = null) =>
        Load(ShippedModels.Default.PathOf(file), threads);

    /// <inheritdoc/>
    public WrinkleMap Segment(FaceImage face, Mask skin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(skin);
        var map = Probabilities(face, skin, cancellationToken);
        KeepSkin(map, skin);
        return new WrinkleMap(map, (float)Preprocessing.Threshold);
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
        var input = NetworkInput.Make(face, skin, Preprocessing);
        var probabilities = Probabilities(input.Pixels, input.Height, input.Width, cancellationToken);
        return probabilities.Width == face.Width && probabilities.Height == face.Height
            ? probabilities
            : probabilities.Resize(face.Width, face.Height, Interpolation.Linear);
    }

    /// <summary>
    /// Probabilities of an input that was scaled and masked already, as packed data sets are for training.
    /// </summary>
    /// <param name="pixels">(height, width, 3 or 4), normalised.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="cancellationToken">Looked at between layers.</param>
    /// <returns>Of that size, 0 to 1.</returns>
    public Plane<float> Probabilities(
        ReadOnlySpan<float> pixels, int height, int width, CancellationToken cancellationToken = default)
    {
        var logits = new float[height * width * _network.OutChannels];
        _network.Run(pixels, height, width, logits, cancellationToken);
        var map = new Plane<float>(width, height);
        var values = map.Samples;
        // Two logits are background and wrinkle: their softmax is the sigmoid of the difference.
        for (var i = 0; i < values.Length; i++)
            values[i] = Sigmoid(_network.OutChannels == 1 ? logits[i] : logits[(2 * i) + 1] - logits[2 * i]);
        return map;
    }

    /// <summary>
    /// Runs the network once on an empty picture of the smallest size, so that the first picture does not wait for
    /// code to be compiled.
    /// </summary>
    /// <param name="cancellationToken">Looked at between layers.</param>
    public void WarmUp(CancellationToken cancellationToken = default) => _ = Probabilities(
        new float[SmallestSize * SmallestSize * _network.InChannels], SmallestSize, SmallestSize, cancellationToken);

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));

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

using Rhytid.Torch;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>
/// Runs a TFLite graph of image operators (<see cref="SupportedOperators"/>) in single precision. Shapes and weights
/// are checked and converted once, when the network is made. Safe to use from many threads; a run uses one, so that its
/// numbers are the same on every machine of a kind.
/// </summary>
public sealed class TfliteNetwork : IDisposable
{
    private readonly TflitePlan _plan;
    private bool _disposed;

    private TfliteNetwork(TflitePlan plan) => _plan = plan;

    /// <summary>Operators that can be run, as TFLite calls them.</summary>
    public static IReadOnlyList<string> SupportedOperators { get; } =
    [
        "ADD", "CONV_2D", "DEPTHWISE_CONV_2D", "MAX_POOL_2D", "PAD", "PRELU"
    ];

    /// <summary>Shape of the input image: (N, H, W, C).</summary>
    public IReadOnlyList<int> InputShape => _plan.InputShape;

    /// <summary>Shapes of the outputs: (N, H, W, C) each.</summary>
    public IReadOnlyList<IReadOnlyList<int>> OutputShapes => _plan.OutputShapes;

    /// <summary>Reads a model file and gets it ready.</summary>
    /// <exception cref="TfliteException">The file is no sound TFLite model, or needs what is not supported; the message
    /// says what.</exception>
    public static TfliteNetwork Load(string path) => FromModel(TfliteModel.Load(path));

    /// <summary>Gets a model ready.</summary>
    /// <exception cref="TfliteException">The model needs what is not supported, or its shapes do not fit
    /// together.</exception>
    public static TfliteNetwork FromModel(TfliteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            return new TfliteNetwork(TflitePlan.Create(model));
        }
        catch (InvalidDataException error)
        {
            throw new TfliteException(model.File, error.Message, error);
        }
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="input">Row-major in the order of <see cref="InputShape"/>.</param>
    /// <param name="cancellationToken">Looked at before every operator.</param>
    /// <returns>The outputs, row-major in the order of <see cref="OutputShapes"/>.</returns>
    /// <exception cref="ArgumentException">The input has another number of values.</exception>
    public float[][] Run(ReadOnlySpan<float> input, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long expected = 1;
        foreach (var size in InputShape)
            expected *= size;
        if (input.Length != expected)
            throw new ArgumentException(
                $"the network takes {string.Join(" x ", InputShape)} values, got {input.Length}", nameof(input));
        using var single = TorchRuntime.UseSingleThread();
        using var inference = Autograd.Inference();
        using var scope = TensorScope.Begin(cancellationToken);
        var shape = InputShape.Select(size => (long)size).ToArray();
        // (N, H, W, C) in memory is (N, C, H, W) with channels last: no element moves.
        var outputs = _plan.Run(Tensor.From(input, shape).Permute(0, 3, 1, 2));
        return Array.ConvertAll(outputs, output => output.Permute(0, 2, 3, 1).ToArray<float>());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var step in _plan.Steps)
            step.Dispose();
    }
}

using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Attention of several heads within each window, with a learned score for every relative position.</summary>
/// <remarks>Keys: <c>qkv, proj, relative_position_bias_table, relative_position_index</c> (a buffer).</remarks>
internal sealed class WindowAttention : Module
{
    private readonly int _heads;
    private readonly double _scale;
    private readonly Linear _qkv;
    private readonly Linear _project;
    private readonly Tensor _index;
    private Tensor _table;

    /// <param name="path">Where the parameters are.</param>
    /// <param name="features">Features of a token.</param>
    /// <param name="heads">Heads, which share the features evenly.</param>
    /// <param name="window">Side of the largest window.</param>
    public WindowAttention(ParameterPath path, int features, int heads, int window)
        : base(path)
    {
        _heads = heads;
        _scale = 1 / Math.Sqrt((double)features / heads);
        _table = path.Parameter(
            "relative_position_bias_table", Initializers.TruncatedNormal(0.02), (2 * window - 1) * (2 * window - 1),
            heads);
        _index = path.Buffer("relative_position_index", RelativePositions(window));
        _qkv = new Linear(path / "qkv", features, 3 * features);
        _project = new Linear(path / "proj", features, features);
    }

    /// <param name="input">(N, windows, T, C).</param>
    /// <param name="mask">Added to the scores: (windows, 1, T, T), or null.</param>
    /// <returns>(N, windows, T, C).</returns>
    public Tensor Forward(Tensor input, Tensor? mask)
    {
        using var scope = TensorScope.Begin();
        var (n, windows, tokens, features) = (input.Size(0), input.Size(1), input.Size(2), input.Size(3));
        var parts = _qkv.Forward(input)
            .Reshape(n, windows, tokens, 3, _heads, features / _heads)
            // (3, N, windows, heads, T, C / heads)
            .Permute(3, 0, 1, 4, 2, 5);
        var weights = Weights(parts[0], parts[1], mask);                            // (N, windows, heads, T, T)
        var attended = weights.MatMul(parts[2])                                     // (N, windows, heads, T, C / heads)
            .Transpose(2, 3)
            .Reshape(n, windows, tokens, features);                                 // (N, windows, T, C)
        return scope.MoveOut(_project.Forward(attended));
    }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        _table = Own(_table.Detach().To(options.Type));
    }

    private Tensor Weights(Tensor query, Tensor key, Tensor? mask)
    {
        using var scope = TensorScope.Begin();
        var scores = (query * _scale).MatMul(key.Transpose(-2, -1)).AddInPlace(Bias(query.Size(-2)));
        if (mask is not null)
            scores.AddInPlace(mask);
        return scope.MoveOut(scores.Softmax(-1));
    }

    // Windows cut short by a small map take the corner of the index: the layout that published weights were trained
    // with.
    private Tensor Bias(long tokens)
    {
        var rows = _index.Narrow(0, 0, tokens).Narrow(1, 0, tokens).Reshape(-1);
        return _table.IndexSelect(0, rows).Reshape(tokens, tokens, _heads).Permute(2, 0, 1); // (heads, T, T)
    }

    /// <returns>(window^2, window^2): the table's row for each pair of tokens, by their vertical and horizontal
    /// distance.</returns>
    private static Tensor RelativePositions(int window)
    {
        var (tokens, span) = (window * window, 2 * window - 1);
        var rows = new long[tokens * tokens];
        for (var i = 0; i < tokens; i++)
        {
            for (var j = 0; j < tokens; j++)
            {
                var (dy, dx) = (i / window - j / window, i % window - j % window);
                rows[i * tokens + j] = (dy + window - 1) * span + dx + window - 1;
            }
        }
        return Tensor.From(rows, tokens, tokens);
    }
}

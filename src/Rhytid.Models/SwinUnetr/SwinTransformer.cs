using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// The shifted-window transformer (Liu et al., 2021): patches, then four stages that each end by merging 2x2 patches.
/// </summary>
/// <remarks>
/// Inside, maps are (N, H, W, C). Keys: <c>patch_embed.proj, layers{1..4}.0.{blocks.{j},downsample}</c>.
/// </remarks>
internal sealed class SwinTransformer : Module
{
    /// <summary>Side of a patch in pixels.</summary>
    public const int Patch = 4;

    /// <summary>Stages, each of which halves the map.</summary>
    public const int Stages = 4;

    /// <summary>Heads of the first stage; every stage has twice as many as the one before.</summary>
    public const int FirstHeads = 3;

    private readonly Conv2d _embed;
    private readonly Sequential[] _stages;

    public SwinTransformer(ParameterPath path, int inChannels, int width, IReadOnlyList<int> depths, int window)
        : base(path)
    {
        if (depths.Count != Stages || depths.Any(depth => depth < 1))
            throw new ArgumentException(
                $"the depths are {Stages} positive numbers, not '{string.Join(",", depths)}'", nameof(depths));
        if (window < 2)
            throw new ArgumentException($"a window has a side of 2 or more, not {window}", nameof(window));
        _embed = new Conv2d(path / "patch_embed" / "proj", inChannels, width, Patch, stride: Patch);
        Paths = [[path / "patch_embed"], .. depths.Select((_, i) => new[] { path / $"layers{i + 1}" })];
        _stages =
        [
            .. depths.Select(
                (depth, i) => Stage(path / $"layers{i + 1}" / 0, width << i, FirstHeads << i, depth, window))
        ];
    }

    /// <summary>Where the parameters of the embedding and of each stage are.</summary>
    public IReadOnlyList<ParameterPath[]> Paths { get; }

    /// <param name="images">(N, in, H, W).</param>
    /// <returns>(N, 2^i width, H / 2^(i+2), W / 2^(i+2)) for i = 0 to 4, normalised over the channels.</returns>
    public IReadOnlyList<Tensor> Forward(Tensor images) => Forward(images, tokens => tokens);

    /// <param name="images">(N, in, H, W).</param>
    /// <param name="change">Changes the patches' features, (N, H/4, W/4, width), before the first stage.</param>
    /// <returns>As <see cref="Forward(Tensor)"/>.</returns>
    public IReadOnlyList<Tensor> Forward(Tensor images, Func<Tensor, Tensor> change)
    {
        using var scope = TensorScope.Begin();
        var features = change(_embed.Forward(images).Permute(0, 2, 3, 1)); // (N, H/4, W/4, width)
        List<Tensor> maps = [scope.MoveOut(Normalise(features))];
        foreach (var stage in _stages)
        {
            features = stage.Forward(features);                    // (N, h/2, w/2, 2C)
            maps.Add(scope.MoveOut(Normalise(features)));
        }
        return maps;
    }

    private static Sequential Stage(ParameterPath path, int features, int heads, int depth, int window)
    {
        var masks = new ShiftMasks();
        var blocks = Enumerable.Range(0, depth)
            .Select(
                j => (Layer)new SwinBlock(
                    path / "blocks" / j, features, heads, window, shift: j % 2 == 0 ? 0 : window / 2, masks));
        return new Sequential(path, [.. blocks, new PatchMerging(path / "downsample", features)]);
    }

    // What the decoder sees is normalised without parameters; the stages go on with the maps as they are.
    // (N, C, h, w)
    private static Tensor Normalise(Tensor features) => features.LayerNorm([features.Size(-1)]).Permute(0, 3, 1, 2);
}

/// <summary>Halves a map: the four patches of each 2x2 square become one with twice the features.</summary>
/// <remarks>Keys: <c>norm, reduction</c>.</remarks>
internal sealed class PatchMerging(ParameterPath path, int features) : Layer(path)
{
    private readonly LayerNorm _norm = new(path / "norm", 4 * features);
    private readonly Linear _reduction = new(path / "reduction", 4 * features, 2 * features, bias: false);

    /// <param name="input">(N, H, W, C), H and W even.</param>
    /// <returns>(N, H/2, W/2, 2C).</returns>
    protected override Tensor Compute(Tensor input)
    {
        var (n, h, w) = (input.Size(0), input.Size(1), input.Size(2));
        var squares = input.Reshape(n, h / 2, 2, w / 2, 2, features)
            // (N, H/2, W/2, column, row, C): down each column first
            .Permute(0, 1, 3, 4, 2, 5)
            .Reshape(n, h / 2, w / 2, 4 * features);              // (N, H/2, W/2, 4C)
        return _reduction.Forward(_norm.Forward(squares));
    }
}

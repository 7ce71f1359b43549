using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models;

/// <summary>Collects what an import would do, so that nothing is changed where it must be refused.</summary>
internal sealed class ImportPlan(string path, Network network, ImportOptions options)
{
    private readonly List<(StoredParameter Target, StoredTensor Source)> _copies = [];
    private readonly List<(StoredParameter Target, StoredTensor Source)> _grown = [];
    private readonly List<(StoredParameter Target, StoredTensor Source)> _split = [];
    private readonly List<(StoredParameter Target, StoredTensor Source)> _resized = [];
    private readonly List<string> _reinitialized = [];
    private readonly List<string> _kept = [];
    private readonly List<string> _unused = [];
    private readonly List<string> _problems = [];

    public void Add(StoredParameter target, StoredTensor source)
    {
        var wanted = target.Tensor.Shape;
        long[] given = [.. source.Shape];
        if (wanted.AsSpan().SequenceEqual(given))
            _copies.Add((target, source));
        else if (IsInputGrowth(wanted, given) && options.NewInputChannels != InputGrowth.Refuse)
            _grown.Add((target, source));
        else if (IsPositionTable(target.Name, wanted, given) && options.AllowMissing)
            _resized.Add((target, source));
        else if (IsHead(wanted, given)
            && options.OtherOutputChannels == HeadChange.Split
            && given[0] == 1
            && wanted[0] == 2)
            _split.Add((target, source));
        else if (IsHead(wanted, given) && options.OtherOutputChannels == HeadChange.Reinitialize)
            _reinitialized.Add(target.Name);
        else
            _problems.Add(
                $"{target.Name} is ({string.Join(", ", given)}) in the file, ({string.Join(", ", wanted)}) in the network");
    }

    public void AddMissing(StoredParameter target, bool isOptional)
    {
        if (isOptional)
            _kept.Add(target.Name);
        else
            _problems.Add($"{target.Name} is not in the file");
    }

    public void AddUnused(IReadOnlyList<string> names)
    {
        _unused.AddRange(names);
        if (!options.AllowUnused)
            _problems.AddRange(names.Select(name => $"{name} is not in the network"));
    }

    public void AddOutside(IReadOnlyList<string> names) => _unused.AddRange(names);

    public void AddKept(IReadOnlyList<string> names) => _kept.AddRange(names);

    public LoadReport Run()
    {
        if (_problems.Count > 0)
            throw new CheckpointException(
                path,
                $"does not fit the network: {string.Join("; ", _problems.Take(3))}{(_problems.Count > 3 ? $"; and {_problems.Count - 3} more" : "")}");
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        foreach (var (target, source) in _copies)
            target.Tensor.CopyFrom(options.Convert(target.Name, source.ToTensor()));
        foreach (var (target, source) in _grown)
            Grow(target.Tensor, source.ToTensor().To(target.Tensor.Device));
        foreach (var (target, source) in _resized)
            target.Tensor.CopyFrom(ResizeTable(source.ToTensor(), Side(target.Tensor.Size(0))));
        foreach (var (target, source) in _split)
        {
            var wrinkle = source.ToTensor();
            target.Tensor.CopyFrom(Tensor.Cat([-wrinkle, wrinkle], dimension: 0));
        }
        var adapted =
            _grown.Select(pair => new AdaptedTensor(pair.Target.Name, GrowthInWords(pair.Target, pair.Source)))
                .Concat(
                    _resized.Select(
                        pair => new AdaptedTensor(
                            pair.Target.Name,
                            $"position table of {Side(pair.Source.Shape[0])} resized to {Side(pair.Target.Tensor.Size(0))}, bicubic")))
                .Concat(
                    _split.Select(
                        pair => new AdaptedTensor(pair.Target.Name, "one logit split: wrinkle w, background -w")));
        return new LoadReport(
            [.. _copies.Select(pair => pair.Target.Name)], [.. adapted], _reinitialized, _kept, _unused);
    }

    // (out, in, k, k) with more channels in than the file has.
    private bool IsInputGrowth(long[] wanted, long[] given) =>
        wanted.Length == 4
            && given.Length == 4
            && wanted[1] == network.Options.InChannels
            && wanted[1] > given[1]
            && given[1] > 0
            && wanted[0] == given[0] && wanted[2..].AsSpan().SequenceEqual(given.AsSpan(2));

    // A weight or bias whose first size is the number of classes.
    private bool IsHead(long[] wanted, long[] given) =>
        wanted.Length == given.Length
            && wanted.Length is 1 or 4
            && wanted[0] == network.Options.OutChannels
            && wanted[0] != given[0]
            && wanted.AsSpan(1).SequenceEqual(given.AsSpan(1));

    // (side x side, heads): one value for each distance between two places of a window.
    private static bool IsPositionTable(string name, long[] wanted, long[] given) =>
        name.EndsWith("relative_position_bias_table", StringComparison.Ordinal)
            && wanted.Length == 2
            && given.Length == 2
            && wanted[1] == given[1]
            && Side(given[0]) > 0
            && Side(wanted[0]) > 0;

    private static long Side(long places) =>
        (long)Math.Round(Math.Sqrt(places)) is var side && side * side == places ? side : 0;

    private static Tensor ResizeTable(Tensor table, long side)
    {
        var (old, heads) = (Side(table.Size(0)), table.Size(1));
        return table
            .Transpose(0, 1)
            .Reshape(1, heads, old, old)
            .Interpolate(new Size2(side, side), InterpolationMode.Bicubic)
            .Reshape(heads, side * side)
            .Transpose(0, 1);
    }

    private void Grow(Tensor target, Tensor source)
    {
        var known = source.Size(1);
        target.Narrow(1, 0, known).CopyFrom(source);
        var added = target.Narrow(1, known, target.Size(1) - known);
        if (options.NewInputChannels == InputGrowth.Mean)
            added.CopyFrom(source.Mean([1], keepDimensions: true));
        else if (options.NewInputChannels == InputGrowth.Zero)
            added.FillInPlace(0);
    }

    private string GrowthInWords(StoredParameter target, StoredTensor source) =>
        $"{source.Shape[1]} to {target.Tensor.Size(1)} input channels, new ones " + options.NewInputChannels switch
        {
            InputGrowth.Mean => "the mean of the others",
            InputGrowth.Zero => "zero",
            _ => "random",
        };
}

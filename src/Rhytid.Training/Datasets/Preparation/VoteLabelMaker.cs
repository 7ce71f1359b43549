using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>How several masks become one.</summary>
public enum VoteMethod
{
    /// <summary>What enough annotators marked.</summary>
    Majority,

    /// <summary>The share of annotators, as grey levels.</summary>
    Soft,

    /// <summary>Expectation-maximisation of truth and annotators.</summary>
    Staple,
}

/// <summary>How masks of several annotators are made into one.</summary>
public sealed record VoteOptions
{
    /// <summary>The rule.</summary>
    public VoteMethod Method { get; init; }

    /// <summary>For the majority: how many annotators are enough; more than half unless given.</summary>
    public int? MinVotes { get; init; }

    /// <summary>For STAPLE: judge each annotator once over all photos, not photo by photo.</summary>
    public bool Pooled { get; init; }

    /// <summary>For STAPLE: region, tolerance, most steps.</summary>
    public StapleOptions Staple { get; init; } = new();

    /// <summary>For STAPLE: also make the probabilities, as grey levels.</summary>
    public bool Probabilities { get; init; }
}

/// <summary>The files of one folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Settings">What the files depend on, by name.</param>
/// <param name="Jobs">The files.</param>
public sealed record VoteStep(
    string Folder, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<FileJob> Jobs);

/// <summary>Masks of several annotators made into one, as files.</summary>
/// <param name="set">The annotators.</param>
/// <param name="options">The rule.</param>
public sealed class VoteLabelMaker(AnnotatorSet set, VoteOptions options)
{
    private const string Masks = "masks";
    private const string SoftMasks = "soft_masks";
    private const string ProbabilityMaps = "probabilities";

    /// <summary>All folders that may be made.</summary>
    public static IReadOnlyList<string> Folders { get; } = [Masks, SoftMasks, ProbabilityMaps];

    /// <summary>Judges the annotators, for <see cref="VoteMethod.Staple"/>.</summary>
    /// <param name="ids">The photos to judge by: where judgement is pooled, all of them.</param>
    /// <param name="threads">How many photos at a time.</param>
    /// <param name="progress">Told each id, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public StapleResults Judge(
        IReadOnlyList<string> ids, int threads, Action<string>? progress = null,
        CancellationToken cancellationToken = default) =>
        StapleResults.Create(set, ids, options.Pooled, options.Staple, threads, progress, cancellationToken);

    /// <summary>The files of each folder.</summary>
    /// <param name="output">Where the folders are made.</param>
    /// <param name="ids">The photos.</param>
    /// <param name="judged">What <see cref="Judge"/> found, for <see cref="VoteMethod.Staple"/>.</param>
    public IEnumerable<VoteStep> Steps(string output, IReadOnlyList<string> ids, StapleResults? judged = null)
    {
        switch (options.Method)
        {
            case VoteMethod.Majority:
                yield return Step(output, Masks, ids, id => Votes.Majority(LoadEnough(id), options.MinVotes));
                break;
            case VoteMethod.Soft:
                yield return Step(output, SoftMasks, ids, id => Votes.Soft(set.Load(id)));
                break;
            default:
                ArgumentNullException.ThrowIfNull(judged);
                yield return Step(output, Masks, ids, id => EstimateOf(judged, id).MaskOf(set.Load(id)));
                if (options.Probabilities)
                    yield return Step(
                        output, ProbabilityMaps, ids, id => EstimateOf(judged, id).ProbabilityMapOf(set.Load(id)));
                break;
        }
    }

    private VoteStep Step(string output, string name, IReadOnlyList<string> ids, Func<string, Raster<byte>> make)
    {
        var folder = Path.Combine(output, name);
        return new VoteStep(folder, Settings(),
        [
            .. ids.Select(
                id => new FileJob(id, Path.Combine(folder, $"{id}.png"), () => make(id).Encode(ImageFormat.Png)))
        ]);
    }

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string> { ["method"] = options.Method.ToString().ToLowerInvariant() };
        if (options.Method == VoteMethod.Majority)
            settings["min-votes"] = options.MinVotes?.ToString(CultureInfo.InvariantCulture) ?? "majority";
        if (options.Method == VoteMethod.Staple)
        {
            settings["pooled"] = options.Pooled ? "yes" : "no";
            settings["margin"] = options.Staple.MarginPixels?.ToString(CultureInfo.InvariantCulture) ?? "all";
        }
        settings["annotators"] = string.Join(", ", set.Annotators.Select(annotator => annotator.Name));
        return settings;
    }

    private static StapleEstimate EstimateOf(StapleResults judged, string id) => judged.ById.GetValueOrDefault(id)
        ?? throw new DatasetException(judged.Failed.First(failure => failure.Id == id).Reason);

    private IReadOnlyList<Mask?> LoadEnough(string id)
    {
        var (there, wanted) = (set.Annotators.Count(annotator => annotator.Has(id)), options.MinVotes ?? 1);
        return there >= wanted
            ? set.Load(id)
            : throw new DatasetException($"{id}: {there} annotators drew it, {wanted} votes are asked for");
    }
}

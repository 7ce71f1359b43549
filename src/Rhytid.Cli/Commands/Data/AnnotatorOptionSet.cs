using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>DIR...</c>, <c>--wrinkle-value</c>, <c>--allow-missing</c>, <c>--drop-empty</c>: several annotators of the same
/// photos.
/// </summary>
internal sealed class AnnotatorOptionSet(CliCommand command)
{
    private const int MostTold = 20;

    private readonly Setting<string[]> _folders = command.ArgumentList(
        "DIR",
        "One folder of masks or one data set for each annotator; or one folder with annotators/A, annotators/B, ... "
            + "inside.");
    private readonly Setting<int?> _wrinkleValue = DatasetOptionSet.WrinkleValue(command);
    private readonly Setting<bool> _allowMissing = command.Flag(
        "--allow-missing", "Also take photos that some annotators did not draw.");
    private readonly Setting<bool> _dropEmpty = command.Flag(
        "--drop-empty", "A mask on which nothing is drawn counts as missing: nobody may have looked.");

    /// <summary>Opens the annotators, names what is missing, and chooses the photos.</summary>
    /// <returns>The annotators and the ids to work on, at least one.</returns>
    public (AnnotatorSet Set, IReadOnlyList<string> Ids) Open()
    {
        var set = AnnotatorSet.Open(DataArguments.Different(_folders), _wrinkleValue);
        if (_dropEmpty)
            set = set.WithoutEmpty();
        foreach (var annotator in set.Annotators)
            if (set.MissingOf(annotator) is { Count: > 0 } missing)
                Messages.Warning(
                    $"{annotator.Name} lacks {missing.Count} of {set.Ids.Count} ids: {Some(missing, MostTold)}");
        var ids = _allowMissing ? set.Ids : set.CompleteIds;
        return ids.Count > 0 ? (set, ids)
            : throw new DatasetException(
                "there is no id that all annotators drew; masks belong together by file name "
                    + "(--allow-missing takes what some drew)");
    }

    /// <summary>The first of many ids, and how many there are more.</summary>
    public static string Some(IReadOnlyList<string> ids, int most, string separator = " ") =>
        string.Join(separator, ids.Take(most)) + (ids.Count > most ? $" and {ids.Count - most} more" : "");
}

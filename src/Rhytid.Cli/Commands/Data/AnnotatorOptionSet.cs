using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>DIR...</c>, <c>--wrinkle-value</c>, <c>--allow-missing</c>, <c>--drop-empty</c>: several annotators of the same
/// photos.
/// </summary>
internal sealed class AnnotatorOptionSet
{
    private const int MostTold = 20;

    private readonly Argument<string[]> _folders = CommonOptions.Several(
        "DIR",
        "One folder of masks or one data set for each annotator; or one folder with annotators/A, annotators/B, ... inside.");

    private readonly Option<int?> _wrinkleValue = DatasetOptionSet.WrinkleValue();

    private readonly Option<bool> _allowMissing = new("--allow-missing")
    {
        Description = "Also take photos that some annotators did not draw."
    };

    private readonly Option<bool> _dropEmpty = new("--drop-empty")
    {
        Description = "A mask on which nothing is drawn counts as missing: nobody may have looked."
    };

    public void AddTo(Command command)
    {
        command.Add(_folders);
        command.Add(_wrinkleValue);
        command.Add(_allowMissing);
        command.Add(_dropEmpty);
    }

    /// <summary>Opens the annotators, names what is missing, and chooses the photos.</summary>
    /// <returns>The annotators and the ids to work on, at least one.</returns>
    public (AnnotatorSet Set, IReadOnlyList<string> Ids) Open(ParseResult parsed)
    {
        var set = AnnotatorSet.Open(
            DataArguments.Different(parsed.GetValue(_folders)!), parsed.GetValue(_wrinkleValue));
        if (parsed.GetValue(_dropEmpty))
            set = set.WithoutEmpty();
        foreach (var annotator in set.Annotators)
            if (set.MissingOf(annotator) is { Count: > 0 } missing)
                Messages.Warning(
                    $"{annotator.Name} lacks {missing.Count} of {set.Ids.Count} ids: {string.Join(' ', missing.Take(MostTold))}{(missing.Count > MostTold ? $" and {missing.Count - MostTold} more" : "")}");
        var ids = parsed.GetValue(_allowMissing) ? set.Ids : set.CompleteIds;
        return ids.Count > 0 ? (set, ids)
            : throw new DatasetException(
                "there is no id that all annotators drew; masks belong together by file name (--allow-missing takes what some drew)");
    }
}

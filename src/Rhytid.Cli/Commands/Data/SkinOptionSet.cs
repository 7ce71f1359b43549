using System.CommandLine;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>--skin</c>, <c>--label-order</c>, <c>--label-classes</c>, <c>--whole</c>, <c>--detector</c>, <c>--labels</c>,
/// <c>--skin-masks</c>: where the skin of a data set's photos is known from.
/// </summary>
internal sealed class SkinOptionSet
{
    private static readonly string[] Names = ["auto", "labels", "masks", "find", "none"];

    private readonly Option<string> _skin = CommonOptions.OneOf(
        "--skin", [],
        "Where skin is known from: the set's parsing labels, its skin masks, found in the photos (also when the set has neither), or none.",
        "auto", Names);
    private readonly Option<string?> _order = CommonOptions.OneOf<LabelOrder>(
        "--label-order", "The class order of parsing labels; the layout's unless given.");
    private readonly Option<string?> _classes = CommonOptions.Validated(
        new Option<string?>("--label-classes")
        {
            Description = "The classes that are skin; skin and nose unless given.",
            HelpName = "1,10"
        },
        value =>
            value is null || Parse(value) is not null
                ? null
                : $"--label-classes '{value}' is no list of classes from 0 to 18, such as 1,10");
    private readonly Option<bool> _whole = new("--whole")
    {
        Description = "Where skin is found in the photos: each is one aligned face; a set with FFHQ's ids always is."
    };
    private readonly Option<string?> _detector = FaceOptions.Detector();
    private readonly SkinFolderOptions _folders = new();

    public void AddTo(Command command)
    {
        command.Add(_skin);
        command.Add(_order);
        command.Add(_classes);
        command.Add(_whole);
        command.Add(_detector);
        _folders.AddTo(command);
    }

    /// <summary>Adds the folders of labels or masks that lie elsewhere.</summary>
    public DatasetOptions Read(ParseResult parsed, DatasetOptions options) => _folders.Read(parsed, options);

    /// <summary>The source that the user chose for a data set; dispose it with the returned owner.</summary>
    public SkinChoice Read(ParseResult parsed, WrinkleDataset dataset)
    {
        var order = CommonOptions.ValueOf<LabelOrder>(parsed.GetValue(_order)) ?? dataset.Layout.LabelOrder;
        var classes = parsed.GetValue(_classes) is { } text ? Parse(text) : null;
        return parsed.GetValue(_skin) switch
        {
            "labels" => new SkinChoice(SkinSources.Labels(order, classes)),
            "masks" => new SkinChoice(SkinSources.Masks),
            "none" => new SkinChoice(SkinSources.None),
            "auto" when _folders.HasMasks(parsed) => new SkinChoice(SkinSources.Masks),
            "auto" when dataset.Samples.Any(sample => sample.LabelsPath is not null) =>
                new SkinChoice(SkinSources.Labels(order, classes)),
            "auto" when SkinSources.OwnOf(dataset) is { } own => new SkinChoice(own),
            _ => Found(parsed, dataset),
        };
    }

    private SkinChoice Found(ParseResult parsed, WrinkleDataset dataset)
    {
        var detector = FaceOptions.LoadDetector(parsed.GetValue(_detector));
        var finder = new PhotoSkinFinder(detector: detector);
        return new SkinChoice(
            SkinSources.Found(finder, parsed.GetValue(_whole) || dataset.Layout.HasFfhqIds), finder,
            detector as IDisposable);
    }

    private static HashSet<int>? Parse(string text)
    {
        var classes = new HashSet<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, out var value) || value is < 0 or > 18)
                return null;
            classes.Add(value);
        }
        return classes;
    }
}

/// <summary>A source of skin masks and what it keeps open.</summary>
internal sealed class SkinChoice(ISkinSource source, params IDisposable?[] owned) : IDisposable
{
    public ISkinSource Source { get; } = source;

    public void Dispose()
    {
        foreach (var item in owned)
            item?.Dispose();
    }
}

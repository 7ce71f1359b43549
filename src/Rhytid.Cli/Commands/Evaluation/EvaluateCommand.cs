using System.CommandLine;
using System.Globalization;
using Rhytid.Cli.Commands.Data;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary><c>rhytid evaluate</c>: predicted masks, or what networks predict, against manual masks.</summary>
internal static class EvaluateCommand
{
    private static readonly (string Name, EmptyCase Case)[] EmptyCases =
        [("leave-out", EmptyCase.LeaveOut), ("one", EmptyCase.One), ("skip", EmptyCase.Skip), ("zero", EmptyCase.Zero)];

    public static Command Create()
    {
        var masks = new Option<string?>("--masks")
        {
            Description = "Folder of predicted masks: {id}.mask.png or {id}.png.",
            HelpName = "DIR"
        };
        var data = new Option<string>("--data")
        {
            Description =
                "The data set; its scored_regions/ limit where pixels count. With --model it may be a pack (rhytid data pack).",
            HelpName = "DIR|PACK",
            Required = true
        };
        var average = CommonOptions.OneOf(
            "--average", [], "Which average is the headline; both columns are always printed.",
            HeadlineAverage.Image.Name, [.. HeadlineAverage.All.Select(one => one.Name)]);
        var batchSize = CommonOptions.Validated(
            new Option<int>("--batch-size")
            {
                Description = "Photos in a batch of --average batch.",
                HelpName = "N",
                DefaultValueFactory = _ => 8
            },
            value => value >= 1 ? null : "--batch-size must be 1 or more");
        var empty = CommonOptions.OneOf(
            "--empty", [],
            "Photos on which no wrinkle is drawn: leave them out, or score them, JSI and F1 of two empty masks being 1, not counted, or 0.",
            EmptyCases[0].Name, [.. EmptyCases.Select(one => one.Name)]);
        var tolerance = CommonOptions.Validated(
            new Option<string>("--tolerance")
            {
                Description =
                    "Distances in pixels at which a pixel still counts as found; none for strict scores only.",
                HelpName = "PX,...",
                DefaultValueFactory = _ => "1,2,3"
            },
            value =>
                TolerancesOf(value) is not null
                    ? null
                    : $"--tolerance '{value}' must be pixels from 1 to 100, each once, such as 1,2,3, or none");
        var centerLine = new Option<bool>("--cldice") { Description = "Also compare centre lines (clDice)." };
        var maps = new Option<string?>("--maps")
        {
            Description =
                "With --masks: folder of wrinkle probabilities, {id}.map.png or {id}.png of 8 or 16 bits: adds AUC, average precision, calibration error and thresholds.",
            HelpName = "DIR"
        };
        var recall = CommonOptions.Validated(
            new Option<double>("--recall")
            {
                Description = "With probabilities: the recall for which a threshold is wanted.",
                HelpName = "R",
                DefaultValueFactory = _ => 0.9
            },
            value => value is > 0 and <= 1 ? null : "--recall must be above 0 and at most 1");
        var curve = new Option<string?>("--curve")
        {
            Description = "With probabilities: write the precision-recall curve of all pixels to this CSV file.",
            HelpName = "FILE"
        };
        var groups = new Option<string?>("--groups")
        {
            Description =
                "Scores per age group, sex and race, and the largest gap: a CSV file as for data demographics.",
            HelpName = "CSV"
        };
        var overlays = new Option<string?>("--overlays")
        {
            Description = "Write {id}.overlay.jpg here: found wrinkles green, false ones orange, missed ones blue.",
            HelpName = "DIR"
        };
        var csv = new Option<string?>("--csv")
        {
            Description = "Write the scores of each photo to this file.",
            HelpName = "FILE"
        };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of tables; compare reads it." };
        var name = new Option<string?>("--name")
        {
            Description = "What tables of compare call this run; the folder of masks or the network unless given.",
            HelpName = "NAME"
        };
        var resamples = CommonOptions.Validated(
            new Option<int>("--resamples")
            {
                Description = "Sets of photos drawn for the 95 % intervals; 0 for none.",
                HelpName = "N",
                DefaultValueFactory = _ => BootstrapInterval.DefaultResamples
            },
            value => value is >= 0 and <= 100_000 ? null : "--resamples must be 0 to 100000");
        var seed = new Option<int>("--seed")
        {
            Description = "Of the intervals' draws.",
            HelpName = "S",
            DefaultValueFactory = _ => 0
        };
        var threads = CommonOptions.Threads();
        var (part, options, networks) = (new PartOptionSet(), new DatasetOptionSet(), new EvaluatedNetworkOptions());
        var command = new Command(
            "evaluate",
            "Scores predicted masks, or a network, against manual masks, per photo and pooled, strictly and with tolerance.")
        {
            masks,
                data, average, batchSize, empty, tolerance, centerLine, maps, recall, curve, groups, overlays, csv,
                json, name, resamples, seed, threads,
        };
        networks.AddTo(command);
        part.AddTo(command);
        options.AddTo(command);
        command.Validators.Add(result =>
        {
            var models = networks.Count(result);
            if ((result.GetResult(masks) is null) == (models == 0))
                result.AddError(
                    models == 0
                        ? "say what is scored: --masks DIR or --model FILE"
                        : "--masks and --model exclude each other");
            if (models > 0 && result.GetResult(maps) is not null)
                result.AddError("--maps belongs to --masks; a network has its own probabilities");
            if (models == 0 && result.GetResult(curve) is { Implicit: false } && result.GetResult(maps) is null)
                result.AddError("--curve needs probabilities: give --maps");
            if (models > 1
                && new Option[] { curve, groups, overlays }.FirstOrDefault(
                    option => result.GetResult(option) is not null) is { } single)
                result.AddError($"{single.Name} is of one network; give one --model");
        });
        command.SetAction(async (parsed, token) =>
        {
            var path = parsed.GetValue(data)!;
            var ids = part.Read(parsed, path);
            var scores = new EvaluationOptions
            {
                Tolerances = TolerancesOf(parsed.GetValue(tolerance)!)!,
                CenterLine = parsed.GetValue(centerLine),
                Maps = parsed.GetValue(maps),
                Overlays = parsed.GetValue(overlays),
                Empty = EmptyCases.Single(one => one.Name == parsed.GetValue(empty)).Case,
                Threads = parsed.GetValue(threads),
            };
            var run = new EvaluateRun
            {
                Data = path,
                Name = parsed.GetValue(name),
                Average = HeadlineAverage.Named(parsed.GetValue(average)!),
                BatchSize = parsed.GetValue(batchSize),
                Recall = parsed.GetValue(recall),
                Maps = parsed.GetValue(maps),
                Curve = parsed.GetValue(curve),
                Groups = parsed.GetValue(groups),
                Csv = parsed.GetValue(csv),
                Json = parsed.GetValue(json),
                Resamples = parsed.GetValue(resamples),
                Seed = parsed.GetValue(seed),
            };
            if (parsed.GetValue(masks) is { } folder)
            {
                var (dataset, unlabelled) = EvaluatedData.PartOf(WrinkleDataset.Open(path, options.Read(parsed)), ids);
                return await run.RunAsync(
                    [new EvaluatedFolder(dataset, folder, scores) { Unlabelled = unlabelled }], token);
            }
            var models = networks.Paths(parsed);
            if (models is [var only] && ParserRun.IsParser(only))
                return await ParserRun.RunAsync(
                    only, WrinkleDataset.Open(path, options.Read(parsed)), ids, run.Json, token);
            using var photos = EvaluatedData.Open(path, ids, options.Read(parsed));
            var settings = new NetworkEvaluationOptions
            {
                Scores = scores,
                Threshold = networks.Threshold(parsed),
                SkinOnly = networks.SkinOnly(parsed)
            };
            return await run.RunAsync([.. models.Zip(EvaluatedNetwork.NamesOf(models), (model, called) =>
                new EvaluatedNetwork(photos.Set, model, file => networks.Load(parsed, file, scores.Threads), settings)
                {
                    Name = called,
                    Unlabelled = photos.Unlabelled
                })], token);
        });
        return command;
    }

    private static List<int>? TolerancesOf(string text)
    {
        if (text == "none")
            return [];
        var tolerances = new List<int>();
        foreach (var word in text.Split(','))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)
                || pixels is < 1 or > 100
                || tolerances.Contains(pixels))
                return null;
            tolerances.Add(pixels);
        }
        return tolerances;
    }
}

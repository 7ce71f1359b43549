using System.CommandLine;
using System.Globalization;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data weak-labels</c>: texture maps of all photos, kept on the skin.</summary>
internal static class DataWeakLabelsCommand
{
    public static Command Create()
    {
        var folder = DataArguments.Folder();
        var output = new Option<string?>("--output", "-o")
        {
            Description = $"Where {WeakLabelMaker.FolderName}/ is made; the data set itself unless given.",
            HelpName = "DIR"
        };
        var scale = new Option<bool>("--scale")
        {
            Description = "Let kernel and sigma grow with the photo's long side / 1024."
        };
        var round = CommonOptions.OneOf<TextureRounding>("--round", "How values become bytes; truncate unless told.");
        var png = DataArguments.PngLevel();
        var (data, skin, jobs) = (new DatasetOptionSet(), new SkinOptionSet(), new JobOptionSet());
        var command = new Command(
            "weak-labels",
            "Makes weak labels: the texture map of every photo, kept on the skin. Starts again where it was stopped.")
            {
                folder, output, scale, round, png
            };
        data.AddTo(command);
        skin.AddTo(command);
        jobs.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var dataset = WrinkleDataset.Open(parsed.GetValue(folder)!, skin.Read(parsed, data.Read(parsed)));
            var target = parsed.GetValue(output) ?? dataset.Folder;
            // Not the folder made in it: a set's own texture maps are what this is for.
            OutputGuard.Require(target, dataset.ReadFolders);
            using var choice = skin.Read(parsed, dataset);
            var options = new WeakLabelOptions
            {
                Texture = new TextureMapOptions
                {
                    Rounding = CommonOptions.ValueOf<TextureRounding>(parsed.GetValue(round))
                        ?? TextureRounding.Truncate
                },
                Scale = parsed.GetValue(scale),
                Skin = choice.Source,
                PngLevel = parsed.GetValue(png),
            };
            var chosen = jobs.Read(parsed);
            RunSettings.Claim(
                Path.Combine(target, WeakLabelMaker.FolderName, "settings.json"), options.ToSettings(),
                chosen.Overwrite && chosen.Shard.Count == 1);
            return await chosen.RunAsync(
                "weak labels", new WeakLabelMaker(options).Jobs(dataset, target, token), token);
        });
        return command;
    }
}

using Rhytid.Textures;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data weak-labels</c>: texture maps of all photos, kept on the skin.</summary>
internal static class DataWeakLabelsCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Makes weak labels: the texture map of every photo, kept on the skin. Starts again where it was stopped.");
        var folder = command.DatasetFolder();
        var output = command.Folder(
            "--output, -o", $"Where {WeakLabelMaker.FolderName}/ is made; the data set itself unless given.");
        var scale = command.Flag("--scale", "Let kernel and sigma grow with the photo's long side / 1024.");
        var round = command.Choice("--round", "How values become bytes.", TextureRounding.Truncate);
        var png = command.PngLevel();
        var (data, skin) = (new DatasetOptionSet(command), new SkinOptionSet(command));
        var jobs = new JobOptionSet(command);
        return command.Does(async token =>
        {
            var dataset = WrinkleDataset.Open(folder, skin.Add(data.Read()));
            var target = output.Value ?? dataset.Folder;
            // Not the folder made in it: a set's own texture maps are what this is for.
            OutputGuard.Require(target, dataset.ReadFolders);
            using var choice = skin.Open(dataset);
            var options = new WeakLabelOptions
            {
                Texture = new TextureMapOptions { Rounding = round },
                Scale = scale,
                Skin = choice.Source,
                PngLevel = png,
            };
            jobs.Claim(Path.Combine(target, WeakLabelMaker.FolderName, "settings.json"), options.ToSettings());
            return await jobs.RunAsync(
                "weak labels", new WeakLabelMaker(options).Jobs(dataset, target, token), token);
        });
    }
}

using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data semi-auto</c>: thin labels from rough ones and the texture map.</summary>
internal static class DataSemiAutoCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Makes thin labels from rough ones: the pixels under a rough label that the texture map says are dark "
                + "lines. Writes a plain set.");
        var folder = command.DatasetFolder();
        var output = new PlainSetOutput(command);
        var rule = command.Choice(
            "--adaptive",
            "How a pixel is compared with its surroundings: the Gaussian mean of 11 x 11 pixels, or Bradley's mean of "
                + "an eighth of the width.",
            AdaptiveRule.Gaussian);
        var size = command.OptionalNumber<int>(
            "--size", "PIXELS",
            "Long side in pixels to which photos and rough labels are brought first; the published one is "
                + $"{SemiAutomaticOptions.PublishedSize}. The photos' own unless given.",
            16, 8192);
        var (data, jobs) = (new DatasetOptionSet(command), new JobOptionSet(command));
        return command.Does(async token =>
        {
            var opened = data.Open(folder);
            var set = output.Open([opened]);
            var checks = await SoundSets.CheckLabelledAsync([opened], jobs.Threads, token);
            var dataset = checks[0].Sound();
            var options = new SemiAutomaticOptions { Rule = rule, Size = size };
            var files = new SemiAutomaticLabelMaker(options).Jobs(dataset, set);
            if (files.Count == 0)
                throw new DatasetException(
                    $"{dataset.Folder}: no id has both a photo and a rough label (layout {dataset.Layout.Name})");
            output.Claim(set, files, options.ToSettings(), jobs);
            var without = dataset.Labelled.Count(sample => sample[Channel.Photo] is null);
            if (without > 0)
                Messages.Warning(
                    $"{without} rough labels have no photo and are left out; say where the photos are with --photos");
            return Math.Max(
                await jobs.RunAsync("semi-automatic labels", files, token), SoundSets.TellDamage(checks[0].Damage));
        });
    }
}

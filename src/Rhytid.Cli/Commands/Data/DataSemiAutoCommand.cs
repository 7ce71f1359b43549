using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>rhytid data semi-auto</c>: thin labels from rough ones and the texture map.</summary>
internal static class DataSemiAutoCommand
{
    public static Command Create()
    {
        var folder = DataArguments.Folder();
        var output = PlainSetOutput.Option();
        var rule = CommonOptions.OneOf<AdaptiveRule>(
            "--adaptive",
            "How a pixel is compared with its surroundings: the Gaussian mean of 11 x 11 pixels, or Bradley's mean of an eighth of the width; gaussian unless told.");
        var size = CommonOptions.Validated(
            new Option<int?>("--size")
            {
                Description =
                    $"Long side in pixels to which photos and rough labels are brought first; the published one is {SemiAutomaticOptions.PublishedSize}. The photos' own unless given.",
                HelpName = "PIXELS"
            },
            value => value is null or (>= 16 and <= 8192) ? null : "--size must be 16 to 8192");
        var png = DataArguments.PngLevel();
        var (data, jobs) = (new DatasetOptionSet(), new JobOptionSet());
        var command = new Command(
            "semi-auto",
            "Makes thin labels from rough ones: the pixels under a rough label that the texture map says are dark lines. Writes a plain set.") { folder, output, rule, size, png };
        data.AddTo(command);
        jobs.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var opened = WrinkleDataset.Open(parsed.GetValue(folder)!, data.Read(parsed));
            var target = parsed.GetValue(output)!;
            PlainSetOutput.RequireOther(target, [opened]);
            var chosen = jobs.Read(parsed);
            // A sample comes whole or not at all.
            var checks =
                await SoundSets.CheckAsync(
                    [opened.Where(sample => sample.MaskPath is not null)], chosen.Threads, token);
            var dataset = checks[0].Sound();
            var options = new SemiAutomaticOptions
            {
                Rule = CommonOptions.ValueOf<AdaptiveRule>(parsed.GetValue(rule)) ?? AdaptiveRule.Gaussian,
                Size = parsed.GetValue(size)
            };
            var set = new PlainSet(target, parsed.GetValue(png));
            var files = new SemiAutomaticLabelMaker(options).Jobs(dataset, set);
            if (files.Count == 0)
                throw new DatasetException(
                    $"{dataset.Folder}: no id has both a photo and a rough label (layout {dataset.Layout.Name})");
            PlainSetOutput.Claim(target, set, files, options.ToSettings(), chosen);
            var without = dataset.Labelled.Count(sample => sample.ImagePath is null);
            if (without > 0)
                Messages.Warning(
                    $"{without} rough labels have no photo and are left out; say where the photos are with --photos");
            return Math.Max(await chosen.RunAsync("semi-automatic labels", files, token), SoundSets.TellDamage(checks));
        });
        return command;
    }
}

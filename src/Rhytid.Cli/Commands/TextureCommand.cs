using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Textures;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid texture</c>: texture maps of pictures as they are.</summary>
internal static class TextureCommand
{
    public static Command Create()
    {
        var paths = CommonOptions.Paths();
        var output = CommonOptions.Output();
        var skin = SkinMaskOption.Create("Keep the map only where a mask is set.");
        var kernel = CommonOptions.Validated(
            new Option<int>("--kernel")
            {
                Description = "Side of the Gaussian kernel in pixels, odd.",
                HelpName = "N",
                DefaultValueFactory = _ => TextureMapOptions.Default.KernelSize
            },
            value =>
                value is >= 3 and <= 1001 && value % 2 == 1 ? null : "--kernel must be an odd number from 3 to 1001");
        var sigma = CommonOptions.Validated(
            new Option<double>("--sigma")
            {
                Description = "Standard deviation of the Gaussian in pixels.",
                HelpName = "S",
                DefaultValueFactory = _ => TextureMapOptions.Default.Sigma
            },
            value => value is > 0 and <= 1000 ? null : "--sigma must be above 0 and at most 1000");
        var scale = new Option<bool>("--scale")
        {
            Description = "Let kernel and sigma grow with the picture's long side / 1024."
        };
        var round = CommonOptions.OneOf<TextureRounding>("--round", "How values become bytes; truncate unless told.");
        var threads = CommonOptions.Threads();
        var limit = CommonOptions.MaxMegapixels();
        var command = new Command(
            "texture",
            "Writes the texture map of pictures (weak wrinkle labels): {stem}.texture.png.")
            {
                paths, output, skin, kernel, sigma, scale, round, threads, limit
            };
        command.SetAction((parsed, token) =>
        {
            var options = new TextureMapOptions
            {
                KernelSize = parsed.GetValue(kernel),
                Sigma = parsed.GetValue(sigma),
                Rounding = CommonOptions.ValueOf<TextureRounding>(parsed.GetValue(round)) ?? TextureRounding.Truncate
            };
            var photos = PhotoPaths.Expand(parsed.GetValue(paths)!, parsed.GetValue(output));
            var masks = SkinMaskOption.Of(parsed.GetValue(skin), photos.Count);
            var load = CommonOptions.LoadOptions(parsed.GetValue(limit));
            return RunAsync(photos, options, parsed.GetValue(scale), masks, load, parsed.GetValue(threads), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<PhotoPath> photos, TextureMapOptions options, bool scale, SkinMaskOption masks,
        ImageLoadOptions load, int threads, CancellationToken token)
    {
        var failures = new FailureList();
        await failures.GuardEachAsync("texture maps", photos, photo => photo.Name, threads, Write, token);
        return failures.Report(photos.Count);

        void Write(PhotoPath photo)
        {
            var gray = photo.Load(load).ToGray();
            var sized = scale ? options.ScaledTo(Math.Max(gray.Width, gray.Height)) : options;
            var texture = TextureMap.Compute(gray, masks.For(photo), sized, photos.Count == 1 ? threads : 1);
            OutputFolder.Make(photo.OutputStem);
            texture.Save(photo.OutputStem + ".texture.png");
        }
    }
}

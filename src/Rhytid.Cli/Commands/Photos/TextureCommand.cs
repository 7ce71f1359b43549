using Rhytid.Imaging;
using Rhytid.Textures;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>rhytid texture</c>: texture maps of pictures as they are.</summary>
internal static class TextureCommand
{
    private static readonly TextureMapOptions Default = TextureMapOptions.Default;

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Writes the texture map of pictures (weak wrinkle labels): {stem}.texture.png.");
        var photos = new PhotoOptions(command);
        var skin = new SkinMaskOption(command, "Keep the map only where a mask is set.");
        var kernel = command.Number(
            "--kernel", "N", "Side of the Gaussian kernel in pixels, odd.", Default.KernelSize);
        var sigma = command.Number(
            "--sigma", "S", "Standard deviation of the Gaussian in pixels.", Default.Sigma, 0, 1000, above: true);
        var scale = command.Flag("--scale", "Let kernel and sigma grow with the picture's long side / 1024.");
        var round = command.Choice("--round", "How values become bytes.", TextureRounding.Truncate);
        command.Check(() => kernel.Value is >= 3 and <= 1001 && kernel % 2 == 1
            ? null
            : "--kernel must be an odd number from 3 to 1001");
        return command.Does(token =>
        {
            var batch = photos.Open();
            var masks = skin.Open(batch.Count);
            var options = new TextureMapOptions { KernelSize = kernel, Sigma = sigma, Rounding = round };
            var (grows, threads) = (scale.Value, batch.ThreadsPerPhoto);
            return batch.RunAsync("texture maps", Write, static _ => { }, token);

            string Write(PhotoPath photo)
            {
                var gray = batch.Load(photo).ToGray();
                var sized = grows ? options.ScaledTo(Math.Max(gray.Width, gray.Height)) : options;
                var texture = TextureMap.Compute(gray, masks.Find(photo), sized, threads);
                OutputFolder.Make(photo.OutputStem);
                texture.Save(photo.OutputStem + ".texture.png");
                return photo.Name;
            }
        });
    }
}

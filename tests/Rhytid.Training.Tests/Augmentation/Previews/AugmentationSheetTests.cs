using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Augmentation.Previews;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Training.Tests.Augmentation.OcclusionCases;

namespace Rhytid.Training.Tests.Augmentation.Previews;

public sealed class AugmentationSheetTests
{
    // The panel of another operation shows that operation alone.
    [Fact]
    public void A_sheet_shows_it_in_a_panel_of_its_own()
    {
        var portrait = Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png")).Resize(64, 64);
        var options = new AugmentationSheetOptions { Size = 64, Columns = 3, Draws = 0 };
        var pipeline = new AugmentationPipeline { Name = "one", Geometry = [new HorizontalFlip()] };

        var without = AugmentationSheet.Draw(portrait, null, null, "a", pipeline, options);
        var with = AugmentationSheet.Draw(
            portrait, null, null, "a", pipeline with { Occlusion = new Occlusion() }, options);

        Assert.True(with.Width > without.Width);
        for (var y = PanelTop; y < PanelTop + 64; y++)
            Assert.Equal(without.Row(y)[..(3 * 2 * 64)], with.Row(y)[..(3 * 2 * 64)]);
    }

    private const int PanelTop = Rhytid.Training.Datasets.Inspection.PreviewStyle.TitleBand;
}

using Rhytid.Imaging;
using Rhytid.Reports;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class ContactSheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PreviewOptions _options = new() { Size = 64, Columns = 2 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Samples_lie_in_rows_and_the_sheet_is_as_large_as_it_was_said_to_be()
    {
        var set =
            Open(new MadeSet(_folder, "set").Photo("images/a.png", 1)
                .Mask("masks/a.png", 64, 300)
                .Photo("images/b.png", 2)
                .Mask("masks/b.png", 64, 300)
                .Photo("images/c.png", 3)
                .Mask("masks/c.png", 64, 300));

        var (sheet, failed) = ContactSheet.Draw(set, set.Samples, "title", _options, threads: 2);

        Assert.Empty(failed);
        Assert.Equal(ContactSheet.SizeOf(3, _options), (sheet.Width, sheet.Height));
        Assert.Equal(
            Image.Load(set.Samples[0][Channel.Photo]!).Row(10).ToArray(),
            sheet.Row(PreviewStyle.TitleBand + 10).Slice(3 * PreviewStyle.Margin, 3 * 64).ToArray());
        Assert.Equal((16 + 198 + 16, 40 + 88 + 16), ContactSheet.SizeOf(1, _options));
    }

    [Fact]
    public void A_thin_line_is_still_green_when_shrunk_and_what_does_not_count_is_dim()
    {
        var folder = new MadeSet(_folder, "set").Photo("images/a.png", 1, side: 512)
            .Mask("scored_regions/a.png", 512, 256 * 512);
        Directory.CreateDirectory(folder["masks"]);
        var line = new Mask(512, 512);
        line.DrawLine([new(100, 100), new(400, 100)], thickness: 2);
        line.Save(folder["masks/a.png"]);
        var set = Open(folder);

        var panels = PreviewPanels.Create(set, set.Samples[0], _options, CancellationToken.None);

        var on = panels.Overlay!.Row(12).Slice(3 * 30, 3);
        Assert.True(on[1] > on[0] + 60 && on[1] > on[2] + 40, string.Join(' ', on.ToArray()));
        var (photo, overlay) = (panels.Photo!.Row(50).ToArray(), panels.Overlay.Row(50).ToArray());
        Assert.All(
            photo.Zip(overlay),
            pair => Assert.InRange(
                pair.Second, (pair.First * PreviewStyle.Dimmed) - 1, (pair.First * PreviewStyle.Dimmed) + 1));
        Assert.Equal(panels.Photo.Row(30).ToArray(), panels.Overlay.Row(30).ToArray());
    }

    [Fact]
    public void Parsing_labels_show_the_skin_of_an_unlabelled_photo_and_keep_the_texture_to_it()
    {
        var set =
            Open(new MadeSet(_folder, "set").Photo("images/a.png", 1).Mask("labels/a.png", 64, 32 * 64, value: 1));

        var panels = PreviewPanels.Create(
            set, set.Samples[0], _options with { Skin = SkinSources.OwnOf(set) }, CancellationToken.None);

        Assert.False(panels.Texture!.Row(50).ContainsAnyExcept((byte)0));
        Assert.True(panels.Texture.Samples.ContainsAnyExcept((byte)0));
        Assert.NotEqual(panels.Photo!.Row(10).ToArray(), panels.Overlay!.Row(10).ToArray());
        Assert.Equal(panels.Photo.Row(50).ToArray(), panels.Overlay.Row(50).ToArray());
        Assert.Equal("a  no mask", panels.Caption);
    }

    [Fact]
    public void A_mask_without_a_photo_is_shown_alone()
    {
        var set = Open(new MadeSet(_folder, "set").Mask("masks/a.png", 64, 410));

        var panels = PreviewPanels.Create(set, set.Samples[0], _options, CancellationToken.None);

        Assert.Null(panels.Photo);
        Assert.Null(panels.Texture);
        Assert.Equal(PreviewStyle.Truth.Green, panels.Overlay!.Row(2)[1]);
        Assert.Equal("a  10.01 %", panels.Caption);
    }

    [Fact]
    public void A_sample_that_cannot_be_read_is_named_and_the_others_are_drawn()
    {
        var folder = new MadeSet(_folder, "set").Photo("images/a.png", 1)
            .Mask("masks/a.png", 64, 300)
            .Mask("masks/b.png", 64, 300);
        File.WriteAllText(folder["images/b.png"], "text");
        var set = Open(folder);

        var (_, failed) = ContactSheet.Draw(set, set.Samples, "title", _options);

        Assert.Equal("b", Assert.Single(failed).Id);
    }

    [Fact]
    public void A_map_that_the_set_brings_is_shown()
    {
        var set =
            Open(new MadeSet(_folder, "set").Photo("images/a.png", 1)
                .Mask("masks/a.png", 64, 9)
                .Mask("textures/a.png", 64, 64 * 64, value: 20));

        var panels = PreviewPanels.Create(set, set.Samples[0], _options, CancellationToken.None);

        Assert.False(panels.Texture!.Samples.ContainsAnyExcept((byte)60));
    }

    private static WrinkleDataset Open(MadeSet set) => WrinkleDataset.Open(set.Folder);
}

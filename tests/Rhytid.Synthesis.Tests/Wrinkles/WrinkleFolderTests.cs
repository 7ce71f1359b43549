using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Synthesis.Wrinkles;
using Rhytid.Tests.Shared;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class WrinkleFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaceFinder _finder = new();

    public void Dispose()
    {
        _finder.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Pictures_that_are_there_are_not_painted_again()
    {
        var folder = Folder(new WrinkleFolderOptions { Whole = true, JpegQuality = null });
        var photo = Photo(() => SmoothFace.Portrait.Image);

        Assert.Equal(new WrinkleFolderResult(2, 0), folder.Paint(photo));
        File.Delete(_folder["out/images/a_1.png"]);
        var before = File.GetLastWriteTimeUtc(_folder["out/images/a_0.png"]);

        Assert.Equal(new WrinkleFolderResult(1, 1), folder.Paint(photo));

        Assert.Equal(before, File.GetLastWriteTimeUtc(_folder["out/images/a_0.png"]));
        foreach (var file in new[] { "masks/a_1.png", "skin_masks/a_1.png", "wrinkles/a_1.json", "images/a_1.png" })
            Assert.True(File.Exists(_folder[$"out/{file}"]), file);
    }

    [Fact]
    public void A_photo_without_a_face_is_skipped_with_the_reason()
    {
        var result = Folder(new WrinkleFolderOptions()).Paint(Photo(() => new Image(64, 64)));

        Assert.Equal((0, 0), (result.Painted, result.AlreadyThere));
        Assert.StartsWith("no face with two eyes was found", result.Skipped, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private WrinkleFolder Folder(WrinkleFolderOptions options) =>
        new(_folder["out"], new WrinklePainter(null), _finder, options);

    private static WrinkleFolderPhoto Photo(Func<Image> load) => new("a", "a", "a.jpg", Pictures: 2, load);

    [Fact]
    public void A_seed_depends_on_the_photos_own_name_alone()
    {
        Assert.Equal(PictureSeed.Compute(1, "anna", 0), PictureSeed.Compute(1, "anna", 0));
        Assert.Equal(
            4,
            new[] { PictureSeed.Compute(
                1, "anna",
                0), PictureSeed.Compute(
                    2, "anna", 0), PictureSeed.Compute(1, "anna", 1), PictureSeed.Compute(1, "berta", 0) }.Distinct().Count());
    }
}

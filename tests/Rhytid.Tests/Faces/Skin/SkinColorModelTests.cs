using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class SkinColorModelTests
{
    // Left out of the atlas and of the tuning.
    private static readonly string[] HeldOutFaces =
    [
        "8de4ff763125420e86bb3bc9c6c25665",
        "3a5e2c5350d74d93b2b84a2b742596ed",
        "fe53d82e642c4e1283097a11f5552704",
        "77edf6775cf3408ca272796c8bc5f347",
        "fd50ba6950b643dd9e99530fbbf2d6cb",
        "92d1d559cab146dfb9ab20feb6e7b616",
        "3c8a69f9b77c474c8e5c857843d145cf",
        "603875376b9d49e69509b00821824281",
        "3bc24a5c0cbf47d48c577e3dea4ce6c0",
        "b30c0779e54d41beab3875b718672318",
        "3a38f0706170412c88b0a3fd96853305",
        "fcf2f3ecbc904d18a08569441d9bdca6",
        "7dc409c3ec294efba48fa86fb32cdd13",
        "4d1c643ec9a44ea790cbdeeee6b55b08",
        "f489f78bc8404d019594c2b93f18e92b",
        "72fceb7fd4ea449198841f6edd8ab146",
        "db29f23509304878bee210f4d0716abf",
        "93ddc204cc1c4bbe898de0f046c4ae3d",
        "aac1d7e03f644f3796fab59bfc5d0797",
        "1a90f09455934a138f74e1ad2c5dddc6",
    ];

    public static TheoryData<byte, byte, byte> SkinTones => new()
    {
        { SyntheticFace.FairSkin.Red, SyntheticFace.FairSkin.Green, SyntheticFace.FairSkin.Blue },
        { SyntheticFace.MediumSkin.Red, SyntheticFace.MediumSkin.Green, SyntheticFace.MediumSkin.Blue },
        { SyntheticFace.DarkSkin.Red, SyntheticFace.DarkSkin.Green, SyntheticFace.DarkSkin.Blue },
        { SyntheticFace.GraySkin.Red, SyntheticFace.GraySkin.Green, SyntheticFace.GraySkin.Blue },
    };

    [Theory]
    [MemberData(nameof(SkinTones))]
    public void Finds_the_skin_of_a_drawn_face_of_any_tone(byte red, byte green, byte blue)
    {
        var (image, skin) = SyntheticFace.Draw(512, new Rgb(red, green, blue));

        var found = Find(image);

        Assert.InRange(SyntheticFace.IntersectionOverUnion(found, skin), 0.85, 1);
    }

    [Fact]
    public void Eyes_brows_lips_hair_and_background_are_not_skin_and_cheeks_and_forehead_are()
    {
        var found = Find(SyntheticFace.Draw(512, SyntheticFace.MediumSkin).Image);

        Assert.False(found[194, 245], "left eye");
        Assert.False(found[318, 245], "right eye");
        Assert.False(found[194, 212], "left brow");
        Assert.False(found[256, 376], "lips");
        Assert.False(found[256, 60], "hair");
        Assert.False(found[20, 256], "background");
        Assert.True(found[180, 310], "left cheek");
        Assert.True(found[332, 310], "right cheek");
        Assert.True(found[256, 160], "forehead");
        Assert.True(found[256, 300], "nose");
    }

    [Fact]
    public void A_surgical_mask_is_not_skin()
    {
        var (image, skin) = SyntheticFace.Draw(512, SyntheticFace.MediumSkin, coverColor: new Rgb(120, 190, 215));

        var found = Find(image);

        Assert.False(found[256, 380]);
        Assert.InRange(SyntheticFace.IntersectionOverUnion(found, skin), 0.75, 1);
    }

    [Fact]
    public void A_wrinkle_is_not_cut_out()
    {
        var (image, _) = SyntheticFace.Draw(512, SyntheticFace.MediumSkin);
        image.DrawLine([new(190, 160), new(322, 160)], new Rgb(110, 70, 50), thickness: 3);

        var found = Find(image);

        for (var x = 195; x < 318; x++)
            Assert.True(found[x, 160], $"column {x}");
    }

    [Fact]
    public void A_blank_picture_has_no_skin()
    {
        Assert.Equal(0, Find(new Image(300, 300)).Count());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 53)]
    [InlineData(401, 333)]
    [InlineData(700, 517)]
    public void Any_size_gives_a_mask_of_that_size(int width, int height)
    {
        var image = SyntheticFace.Draw(256, SyntheticFace.FairSkin).Image.Resize(width, height);

        var found = Find(image);

        Assert.Equal((width, height), (found.Width, found.Height));
    }

    [Fact]
    public void The_same_face_gives_the_same_mask()
    {
        var image = SyntheticFace.Draw(400, SyntheticFace.DarkSkin).Image;

        Assert.True(Find(image).Samples.SequenceEqual(Find(image.Clone()).Samples));
    }

    [Fact]
    public void A_face_anywhere_in_the_picture_is_found_by_its_landmarks()
    {
        var (drawn, skin) = SyntheticFace.Draw(400, SyntheticFace.MediumSkin);
        var picture = new Image(700, 500);
        var expected = new Mask(700, 500);
        for (var y = 0; y < 400; y++)
        {
            drawn.Row(y).CopyTo(picture.Row(y + 60)[(200 * 3)..]);
            skin.Row(y).CopyTo(expected.Row(y + 60)[200..]);
        }
        var landmarks = new FaceLandmarks(new(351.2f, 251.2f), new(448.8f, 251.2f), new(358, 354), new(442, 354));

        var found = new SkinColorModel().Find(FaceImage.FromAligned(picture, landmarks));

        Assert.InRange(SyntheticFace.IntersectionOverUnion(found, expected), 0.8, 1);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var face = FaceImage.FromAligned(new Image(64, 64));

        Assert.Throws<ArgumentOutOfRangeException>(() => new SkinColorModel(new() { GridSize = 8 }).Find(face));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SkinColorModel(new() { Iterations = 0 }).Find(face));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SkinColorModel(new() { Threshold = 1.5f }).Find(face));
    }

    [SkippableFact]
    public void Agrees_with_hand_drawn_labels_of_faces_it_was_not_tuned_on()
    {
        var folder = Shared.Repository.SharedData("celebamask-mini", "train");

        var scores = HeldOutFaces.Select(name => Score(folder, name)).ToArray();

        Assert.InRange(scores.Average(score => score.IntersectionOverUnion), 0.79, 1);
        Assert.InRange(scores.Average(score => score.Precision), 0.88, 1);
    }

    private static (double IntersectionOverUnion, double Precision) Score(string folder, string name)
    {
        var found = Find(Image.Load(Path.Combine(folder, "images", name + ".jpg")));
        var labels = CelebAMaskLabels.SkinAndNose(Path.Combine(folder, "masks", name + ".png"));
        return (SyntheticFace.IntersectionOverUnion(found, labels),
            (double)found.And(labels).Count() / Math.Max(1, found.Count()));
    }

    private static Mask Find(Image image) => new SkinColorModel().Find(FaceImage.FromAligned(image));
}

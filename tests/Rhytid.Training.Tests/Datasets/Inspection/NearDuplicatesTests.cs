using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class NearDuplicatesTests
{
    [Fact]
    public void The_same_photo_is_known_again()
    {
        var photo = TestDataset.Photo(1, 128);
        var pasted = photo.Clone();
        for (var y = 80; y < 128; y++)
            pasted.Row(y).Fill(200);
        var mirrored = new Image(128, 128);
        for (var y = 0; y < 128; y++)
            for (var x = 0; x < 128; x++)
                photo.Row(y).Slice(3 * (127 - x), 3).CopyTo(mirrored.Row(y)[(3 * x)..]);
        var darker = photo.Clone();
        foreach (ref var sample in darker.Samples)
            sample = (byte)(sample * 0.6);
        Image[] others =
        [
            photo.Resize(50, 50), Image.Decode(photo.Encode(ImageFormat.Jpeg, 30)), pasted, mirrored, darker
        ];

        (string, PhotoFingerprint)[] photos =
        [
            ("photo", Of(photo)), ("another", Of(TestDataset.Photo(2, 128))),
            .. others.Select((other, i) => ($"copy {i}", Of(other))),
        ];
        var groups = NearDuplicates.Find(photos, threads: 2);

        Assert.Equal([["photo", "copy 0", "copy 1", "copy 2", "copy 3", "copy 4"]], groups);
    }

    [Fact]
    public void The_same_person_young_and_old_is_not_the_same_photo()
    {
        Image[] ages =
        [
            .. new[] { 30, 75 }.Select(age =>
                PortraitSynthesizer.Draw(new PortraitOptions { Seed = 4, Age = age, Size = 256 }).Image),
        ];

        Assert.False(Of(ages[0]).IsSamePhotoAs(Of(ages[1])));
    }

    [Fact]
    public void Blank_pictures_are_not_the_same()
    {
        var blank = Of(new Image(64, 64));

        Assert.False(blank.IsSamePhotoAs(Of(new Image(32, 32))));
    }

    // 58 labelled photos have a copy with a pasted mask under another name; nothing else of the set is there twice.
    [SkippableFact]
    public void Real_copies_are_found_and_nothing_else()
    {
        string[] folders = [Repository.SharedData("ffhq-mini"), Repository.SharedData("ffhq-mini", "masked_faces")];
        var photos = folders
            .SelectMany(folder => WrinkleDataset.Open(folder).Samples)
            .Select(sample => (sample.Id, Of(SampleFiles.LoadPhoto(sample))))
            .ToList();

        var groups = NearDuplicates.Find(photos, threads: 2);

        Assert.Equal(58, groups.Count);
        Assert.All(groups, group => Assert.Single(group.Select(id => id[..5]).Distinct()));
    }

    private static PhotoFingerprint Of(Image image) => PhotoFingerprint.Compute(image.ToGray());
}

using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;
using static Rhytid.Training.Tests.Datasets.Inspection.PhotoCases;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class PhotoFingerprintTests
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
    public void Blank_pictures_are_not_the_same()
    {
        var blank = Of(new Image(64, 64));

        Assert.False(blank.IsSamePhotoAs(Of(new Image(32, 32))));
    }
}

using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Training.Tests.Datasets.Inspection.PhotoCases;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class NearDuplicatesTests
{
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
}

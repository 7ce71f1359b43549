using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class PreviewSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(PreviewPick.Spread, "a c e")]
    [InlineData(PreviewPick.First, "a b c")]
    [InlineData(PreviewPick.Most, "c b d")]
    [InlineData(PreviewPick.Least, "a e d")]
    public void Samples_are_chosen_by_the_rule(PreviewPick pick, string expected) =>
        Assert.Equal(expected, Ids(PreviewSelection.Choose(Labelled(), pick, 3)));

    [Fact]
    public void Chance_is_a_matter_of_the_seed()
    {
        var set = Labelled();

        var drawn =
            Enumerable.Range(0, 20)
                .Select(seed => Ids(PreviewSelection.Choose(set, PreviewPick.Random, 3, seed)))
                .ToList();

        Assert.Equal(drawn[4], Ids(PreviewSelection.Choose(set, PreviewPick.Random, 3, seed: 4)));
        Assert.True(drawn.Distinct().Count() > 10);
        Assert.All(drawn, ids => Assert.Equal(3, ids.Split(' ').Distinct().Count()));
    }

    [Fact]
    public void More_than_there_are_is_all()
    {
        Assert.Equal("a b c d e", Ids(PreviewSelection.Choose(Labelled(), PreviewPick.Spread, 50)));
        Assert.Equal("a", Ids(PreviewSelection.Choose(Labelled(), PreviewPick.Spread, 1)));
    }

    [Fact]
    public void Where_part_is_scored_the_share_is_of_that_part()
    {
        var set = new MadeSet(_folder, "scored").Mask("masks/a.png", 10, 30)
            .Mask("masks/b.png", 10, 20)
            .Mask("scored_regions/b.png", 10, 25);

        Assert.Equal("b a", Ids(PreviewSelection.Choose(WrinkleDataset.Open(set.Folder), PreviewPick.Most, 2)));
    }

    [Fact]
    public void Without_labels_the_photos_are_shown_but_not_by_their_wrinkles()
    {
        var set = WrinkleDataset.Open(
            new MadeSet(_folder, "photos").Photo("images/x.png", 1).Photo("images/y.png", 2).Folder);

        Assert.Equal("x y", Ids(PreviewSelection.Choose(set, PreviewPick.First, 9)));
        Assert.Throws<DatasetException>(() => PreviewSelection.Choose(set, PreviewPick.Most, 9));
    }

    [Fact]
    public void Named_ids_keep_their_order_and_missing_ones_are_named()
    {
        Assert.Equal("d a", Ids(PreviewSelection.Named(Labelled(), ["d", "a"])));

        var error = Assert.Throws<DatasetException>(() => PreviewSelection.Named(Labelled(), ["d", "q", "r"]));
        Assert.Contains("2 of 3 ids are not in it: q r", error.Message, StringComparison.Ordinal);
    }

    private WrinkleDataset Labelled() => WrinkleDataset.Open(new MadeSet(_folder, "set")
        .Mask("masks/a.png", 10, 0)
        .Mask("masks/b.png", 10, 40)
        .Mask("masks/c.png", 10, 50)
        .Mask("masks/d.png", 10, 20)
        .Mask("masks/e.png", 10, 10)
        .Photo("images/unlabelled.png", 1).Folder);

    private static string Ids(IEnumerable<WrinkleSample> samples) =>
        string.Join(' ', samples.Select(sample => sample.Id));
}

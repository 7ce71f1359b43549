using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Annotators;

public sealed class AgreementTests : IDisposable
{
    private static readonly int[] Tolerances = [1, 2, 3];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Golden_example_of_the_specification()
    {
        var agreement = Compare(("A", ["11000100"]), ("B", ["10000110"]));

        var pair = Assert.Single(agreement.Pairs);
        Assert.Equal(0.5, Value(agreement, "jaccard", pair.ImageMean), 12);
        Assert.Equal(0.466667, Value(agreement, "pearson", pair.ImageMean), 6);
        Assert.Equal(0.666667, Value(agreement, "f1", pair.ImageMean), 6);
        Assert.Equal(1, Value(agreement, "f1_1px", pair.ImageMean), 12);
    }

    [Fact]
    public void Counts_and_averages_go_into_tables_and_JSON()
    {
        var agreement = Compare(("A", ["11000100"]), ("B", ["10000110"]));

        Assert.Matches(
            "^id,first,second,both,first_only,second_only,neither,jaccard,.*\n[^,]+,A,B,2,1,1,4,0.500000,.*\n$",
            agreement.ToCsv());
        using var json = System.Text.Json.JsonDocument.Parse(agreement.ToJson());
        var mean = json.RootElement.GetProperty("mean").GetProperty("imageMean");
        Assert.Equal(0.5, mean.GetProperty("jaccard").GetDouble(), 12);
    }

    [Fact]
    public void The_average_is_the_mean_of_the_three_pairs()
    {
        var agreement = Compare(
            ("A", ["11110000", "00000001"]), ("B", ["11000000", "00000011"]), ("C", ["01100000", "00000001"]));

        Assert.Equal(["A & B", "A & C", "B & C"], agreement.Pairs.Select(pair => pair.Name));
        foreach (var score in agreement.Scores)
        {
            Assert.Equal(agreement.Pairs.Average(pair => pair.ImageMean(score)), agreement.ImageMean(score), 12);
            Assert.Equal(agreement.Pairs.Average(pair => score.Of(pair.Pooled)), agreement.Pooled(score), 12);
        }
        // A & B: 2 of 4 and 1 of 2 pixels, together 3 of 6; A & C: 2 of 4 and 1 of 1, together 3 of 5.
        Assert.Equal(0.5, Value(agreement, "jaccard", agreement.Pairs[0].ImageMean), 12);
        Assert.Equal(0.75, Value(agreement, "jaccard", agreement.Pairs[1].ImageMean), 12);
        Assert.Equal(0.6, Value(agreement, "jaccard", score => score.Of(agreement.Pairs[1].Pooled)), 12);
    }

    [Fact]
    public void Two_empty_masks_agree_and_have_no_correlation()
    {
        var agreement = Compare(("A", ["0000", "0100", "0100"]), ("B", ["0000", "0000", "0100"]));

        var pair = agreement.Pairs[0];
        Assert.Equal((1, 2), (pair.BothEmpty, pair.PearsonUndefined));
        Assert.Equal(2.0 / 3, Value(agreement, "jaccard", pair.ImageMean), 12);
        Assert.Equal(1, Value(agreement, "pearson", pair.ImageMean), 12);
    }

    [Fact]
    public void Only_pixels_inside_the_region_count()
    {
        Save("A", "0", Masks.Of("1100"));
        Save("B", "0", Masks.Of("0110"));

        var agreement = Agreement.Compute(
            AnnotatorSet.Open([_folder["A"], _folder["B"]]), ["0"], Tolerances, _ => Masks.Of("0101"), threads: 1);

        Assert.Equal(1, Value(agreement, "jaccard", agreement.ImageMean));
        Assert.Equal(2, agreement.Pairs[0].Pooled.Pixels.Total);
    }

    [Fact]
    public void Photos_that_cannot_be_compared_are_named_and_the_others_go_on()
    {
        Save("A", "1", Masks.Of("10"));
        Save("B", "1", Masks.Of("10"));
        Save("A", "2", Masks.Of("10"));
        Save("B", "2", Masks.Of("100"));
        Save("A", "3", Masks.Of("10"));
        Save("B", "3", Masks.Of("10"));
        File.WriteAllText(_folder["B/3.png"], "no picture");

        var set = AnnotatorSet.Open([_folder["A"], _folder["B"]]);
        var agreement = Agreement.Compute(set, set.Ids, Tolerances, set.LoadScoredRegion, threads: 2);

        Assert.Equal(["2", "3"], agreement.Failed.Select(failure => failure.Id));
        Assert.Equal("1", Assert.Single(agreement.Pairs[0].Images).Id);
    }

    [Fact]
    public void Pairs_are_compared_on_what_both_drew()
    {
        Save("A", "1", Masks.Of("10"));
        Save("B", "1", Masks.Of("10"));
        Save("B", "2", Masks.Of("10"));
        Save("C", "2", Masks.Of("01"));

        var set = AnnotatorSet.Open([_folder["A"], _folder["B"], _folder["C"]]);
        var agreement = Agreement.Compute(set, set.Ids, Tolerances, set.LoadScoredRegion, threads: 1);

        Assert.Equal(["A & B", "B & C"], agreement.Pairs.Select(pair => pair.Name));
        Assert.Throws<DatasetException>(
            () => Agreement.Compute(
                AnnotatorSet.Open([_folder["A"], _folder["C"]]), ["1", "2"], Tolerances, _ => null, threads: 1));
    }

    [Fact]
    public void Published_means_follow_from_the_published_pairs()
    {
        Assert.Equal(0.2925, PublishedAgreement.Jaccard.Average(), 4);
        Assert.Equal(0.4551, PublishedAgreement.Pearson.Average(), 4);
    }

    private static double Value(Agreement agreement, string key, Func<AgreementScore, double> of) =>
        of(agreement.Scores.Single(score => score.Key == key));

    // Masks of 2 x 4 pixels where there are eight, one row after the other.
    private Agreement Compare(params (string Name, string[] Photos)[] annotators)
    {
        foreach (var (name, photos) in annotators)
            for (var i = 0; i < photos.Length; i++)
                Save(name, $"{i}", photos[i].Length == 8
                    ? Masks.Of(photos[i][..4], photos[i][4..])
                    : Masks.Of(photos[i]));
        var set = AnnotatorSet.Open([.. annotators.Select(annotator => _folder[annotator.Name])]);
        return Agreement.Compute(set, set.CompleteIds, Tolerances, set.LoadScoredRegion, threads: 2);
    }

    private void Save(string annotator, string id, Mask mask)
    {
        Directory.CreateDirectory(_folder[annotator]);
        mask.Save(_folder[$"{annotator}/{id}.png"]);
    }
}

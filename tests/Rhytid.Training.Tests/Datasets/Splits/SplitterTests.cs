using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Tests.Datasets.Splits;

public class SplitterTests
{
    private static readonly int[] Fractions = [100, 50, 25, 5];

    private static readonly SplitOptions Everything = new() { Seed = 1, Folds = 5, Fractions = Fractions };

    [Fact]
    public void A_thousand_photos_give_800_100_100_and_5_percent_are_40()
    {
        var split = Splitter.Split(Ids(1000), Everything);

        Assert.Equal((800, 100, 100, 1000), (split.Train.Count, split.Val.Count, split.Test.Count, split.Photos));
        Assert.Equal([800, 400, 200, 40], split.Fractions.Select(fraction => fraction.Ids.Count));
        Assert.All(
            split.Fractions.Zip(split.Fractions.Skip(1)), two => Assert.Empty(two.Second.Ids.Except(two.First.Ids)));
        Assert.All(split.Folds, fold => Assert.Equal((720, 180), (fold.Train.Count, fold.Val.Count)));
    }

    // Each set's ids are dealt out by themselves, and a group of the same photo stays whole.
    [Fact]
    public void Stratified_folds_have_their_share_of_every_set()
    {
        List<string> ids =
        [
            .. Enumerable.Range(0, 60).Select(i => $"f{i:00000}"),
            .. Enumerable.Range(0, 25).Select(i => $"r{i:0000000}")
        ];

        var folds =
            Splitter.Split(
                ids, new SplitOptions { Seed = 3, Shares = new SplitShares(1, 0, 0), Folds = 5, StratifyFolds = true },
                [["f00003", "f00004"]]).Folds;

        Assert.All(folds, fold => Assert.InRange(fold.Val.Count(id => id[0] == 'f'), 11, 13));
        Assert.All(folds, fold => Assert.Equal(5, fold.Val.Count(id => id[0] == 'r')));
        Assert.All(folds, fold => Assert.Equal(fold.Val.Contains("f00003"), fold.Val.Contains("f00004")));
        Assert.Equal(
            ids.Order(StringComparer.Ordinal), folds.SelectMany(fold => fold.Val).Order(StringComparer.Ordinal));
        Assert.All(folds, fold => Assert.Equal(ids.Count, fold.Train.Concat(fold.Val).Distinct().Count()));
    }

    [Theory]
    [InlineData("f00002", "f")]
    [InlineData("00002_cwm", "")]
    [InlineData("rahmati-7", "rahmati-")]
    [InlineData("portrait", "")]
    public void A_set_is_told_by_the_letters_before_the_first_digit(string id, string set) =>
        Assert.Equal(set, PhotoGroups.SetOf(id));

    [Fact]
    public void The_published_500_give_400_200_100_20() =>
        Assert.Equal(
            [400, 200, 100, 20], Splitter.Split(Ids(500), Everything).Fractions.Select(fraction => fraction.Ids.Count));

    [Fact]
    public void A_given_test_list_leaves_the_rest_to_be_split_800_to_100()
    {
        var ids = Ids(1000);
        var listed = ids.Where((_, i) => i % 10 == 3).Append("99999").ToList();

        var split = Splitter.Split(ids, Everything with { TestIds = listed });

        Assert.Equal(listed[..^1], split.Test);
        Assert.Equal((800, 100), (split.Train.Count, split.Val.Count));
        Assert.Empty(split.Train.Concat(split.Val).Intersect(listed));
    }

    [Fact]
    public void Another_photo_of_a_listed_test_id_is_in_no_part()
    {
        var split = Splitter.Split(
            [.. Ids(50), "00007_cwm", "00077_cwm", "twin"], Everything with { TestIds = ["00007", "00077"] },
            [["00007_iwm", "twin"]]);

        Assert.Equal(["00007"], split.Test);
        Assert.Equal(["00007_cwm", "00077_cwm", "twin"], split.SamePhotoAsTest);
        Assert.Empty(split.Train.Concat(split.Val).Intersect(["00007", "00007_cwm", "00077_cwm", "twin"]));
    }

    [Fact]
    public void Excluded_photos_are_in_no_part_under_no_name()
    {
        var split = Splitter.Split(
            [.. Ids(50), "00007_cwm"], Everything with { Exclude = ["00007_iwm", "00009", "77777"] });

        Assert.Equal(["00007", "00007_cwm", "00009"], split.Excluded);
        Assert.Equal(48, split.Train.Count + split.Val.Count + split.Test.Count);
    }

    // From Python's hashlib: the two of twenty with the smallest SHA-256 of "7:{id}"; the same on any machine for ever,
    // or published splits could not be drawn again.
    [Fact]
    public void Seed_and_ids_decide_alone()
    {
        var ids = Ids(20);

        var split = Splitter.Split(ids, new SplitOptions { Seed = 7 });
        var again = Splitter.Split(ids.AsEnumerable().Reverse(), new SplitOptions { Seed = 7 });
        var other = Splitter.Split(ids, new SplitOptions { Seed = 8 });

        Assert.Equal(GoldenTestIds, split.Test);
        Assert.Equal(split.Train, again.Train);
        Assert.Equal(split.Val, again.Val);
        Assert.NotEqual(split.Train, other.Train);
    }

    [Fact]
    public void A_new_photo_moves_hardly_any_other()
    {
        var before = Splitter.Split(Ids(200), new SplitOptions { Seed = 1 });
        var after = Splitter.Split(Ids(201), new SplitOptions { Seed = 1 });

        Assert.True(before.Test.Except(after.Test).Count() <= 1);
        Assert.True(before.Val.Except(after.Val).Count() <= 2);
    }

    [Fact]
    public void Parts_hold_every_id_once_and_no_photo_twice_within_one_photo_of_their_share() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(),
        Gen.Choose(60, 300).ToArbitrary(),
        (seed, photos) =>
        {
            var random = new Random(seed);
            List<string> ids =
            [
                .. Enumerable.Range(0, photos)
                    .SelectMany(
                        i => Enumerable.Range(0, random.Next(1, 4))
                            .Select(copy => copy == 0 ? $"{i:00000}" : $"{i:00000}_{copy}"))
            ];
            List<string[]> known =
            [
                .. Enumerable.Range(0, photos / 10)
                    .Select(_ => new[] { ids[random.Next(ids.Count)], ids[random.Next(ids.Count)] })
            ];
            var groups = new PhotoGroups(known);
            var largest = groups.Group(ids).Max(group => group.Ids.Count);

            var split = Splitter.Split(
                ids.OrderBy(_ => random.Next()), Everything with { Seed = seed, Folds = 3 }, known);

            IReadOnlyList<string>[] parts = [split.Train, split.Val, split.Test];
            bool Apart(IEnumerable<IReadOnlyList<string>> lists) =>
                lists.SelectMany(list => list.Select(groups.GroupOf).Distinct())
                    .GroupBy(group => group)
                    .All(group => group.Count() == 1);
            bool Near(IReadOnlyList<string> list, double wanted) => Math.Abs(list.Count - wanted) <= largest;
            return parts.SelectMany(part => part)
                .Order(StringComparer.Ordinal)
                .SequenceEqual(ids.Order(StringComparer.Ordinal))
                && Apart(parts)
                && Near(split.Train, 0.8 * ids.Count)
                && Near(split.Val, 0.1 * ids.Count)
                && Near(split.Test, 0.1 * ids.Count)
                    && split.Fractions.Zip(split.Fractions.Skip(1))
                        .All(two => !two.Second.Ids.Except(two.First.Ids).Any())
                    && split.Fractions.All(fraction => Near(fraction.Ids, fraction.Percent * split.Train.Count / 100.0))
                    && split.Folds.All(
                        fold => Apart([fold.Train, fold.Val])
                            && Near(fold.Val, (split.Train.Count + split.Val.Count) / 3.0))
                    && split.Folds.SelectMany(fold => fold.Val)
                        .Order(StringComparer.Ordinal)
                        .SequenceEqual(split.Train.Concat(split.Val).Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_id_of_two_data_sets_is_one() =>
        Assert.Equal(10, Splitter.Split([.. Ids(10), .. Ids(10)], new SplitOptions()).Photos);

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        void Refused(string reason, int ids, SplitOptions options) =>
            Assert.Contains(
                reason, Assert.Throws<DatasetException>(() => Splitter.Split(Ids(ids), options)).Message,
                StringComparison.Ordinal);

        Refused("test would be empty: 3 ids of 3 photos are too few for 80/10/10", 3, new SplitOptions());
        Refused("none of the 1 ids of the test list is in the set", 30, new SplitOptions { TestIds = ["x"] });
        Refused("5 % of 8 training ids is not even one", 10, new SplitOptions { Fractions = [5] });
        Refused("are too few for 20 folds", 10, new SplitOptions { Folds = 20 });
    }

    private static readonly string[] GoldenTestIds = ["00009", "00010"];

    private static List<string> Ids(int count) =>
        [.. Enumerable.Range(1, count).Select(i => i.ToString("00000", CultureInfo.InvariantCulture))];
}

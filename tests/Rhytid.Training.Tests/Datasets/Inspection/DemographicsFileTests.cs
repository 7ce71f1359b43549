using System.Text;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class DemographicsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_of_as_many_people_gives_the_published_table()
    {
        File.WriteAllText(_folder["people.csv"], PeopleOf(DemographicsTable.PublishedManual));

        var table = DemographicsFile.Load(_folder["people.csv"]).Count();

        Assert.Equal(1000, table.People);
        foreach (var attribute in DemographicAttribute.All)
            Assert.Equal(DemographicsTable.PublishedManual.Counts[attribute.Name], table.Counts[attribute.Name]);
    }

    [Fact]
    public void Published_columns_sum_to_the_people()
    {
        foreach (var table in new[] { DemographicsTable.PublishedManual, DemographicsTable.PublishedWeak })
            Assert.All(DemographicAttribute.All, attribute =>
            {
                Assert.Equal(table.People, table.Counts[attribute.Name].Sum());
                Assert.Equal(attribute.Bins.Count, table.Counts[attribute.Name].Count);
            });
    }

    [Theory]
    [InlineData("0-2", "0-9")]
    [InlineData("3-6", "0-9")]
    [InlineData("7-9", "0-9")]
    [InlineData("10-14", "10-19")]
    [InlineData("15-19", "10-19")]
    [InlineData("20-29", "20-29")]
    [InlineData("30-39", "30-39")]
    [InlineData("40-49", "40-49")]
    [InlineData("50-69", "50-69")]
    [InlineData("70-120", "70+")]
    [InlineData("70+", "70+")]
    [InlineData("12", null)]
    public void Ten_age_bins_merge_into_seven(string text, string? bin) =>
        Assert.Equal(bin, DemographicAttribute.Age.BinOf(text));

    [Theory]
    [InlineData("latino hispanic", "Latino Hispanic")]
    [InlineData("middle_eastern", "Middle Eastern")]
    [InlineData("WHITE", "White")]
    [InlineData("martian", null)]
    public void Spelling_is_forgiven(string text, string? bin) =>
        Assert.Equal(bin, DemographicAttribute.Race.BinOf(text));

    [Fact]
    public void Lists_of_ids_count_those_people_only_and_unknown_ids_are_named()
    {
        File.WriteAllText(
            _folder["people.csv"],
            "image_number,age_group,age_group_confidence,gender\n12,\"20-29\",0.9,male\n13,70-120,1,female\n00014,,1,female\n");

        var people = DemographicsFile.Load(_folder["people.csv"]);
        var table = people.Count(["00012", "14", "00099"]);

        Assert.Equal(["age", "sex"], people.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(2, table.People);
        Assert.Equal(["00099"], table.Missing);
        Assert.Equal([0, 0, 1, 0, 0, 0, 0], table.Counts["age"]);
        Assert.Equal([1, 1], table.Counts["sex"]);
    }

    [Fact]
    public void All_problems_come_at_once_with_their_lines()
    {
        File.WriteAllText(
            _folder["people.csv"], "id,age_group,gender\n1,20-29,male\n2,old,male\n3,20-29\n1,20-29,female\n");

        var error = Assert.Throws<DatasetException>(() => DemographicsFile.Load(_folder["people.csv"]));

        Assert.Contains("line 3: age_group 'old' is unknown", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 4: has 2 fields, the first line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 5: id 00001 comes twice", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,age_group\na,20-29\n")]
    [InlineData("id,weight\na,20\n")]
    [InlineData("id,gender\n")]
    public void Files_without_people_or_columns_are_refused(string text)
    {
        File.WriteAllText(_folder["people.csv"], text);

        Assert.Throws<DatasetException>(() => DemographicsFile.Load(_folder["people.csv"]));
    }

    // Ages as FFHQ-Aging has them: the finer bins take turns.
    private static string PeopleOf(DemographicsTable table)
    {
        List<string> Column(DemographicAttribute attribute) => [.. attribute.Bins.SelectMany((bin, i) =>
        {
            List<string> names =
            [
                .. attribute.Finer.Where(finer => finer.Value == bin).Select(finer => finer.Key).DefaultIfEmpty(bin)
            ];
            return Enumerable.Range(0, table.Counts[attribute.Name][i]).Select(k => names[k % names.Count]);
        })];
        var (age, sex, race) =
            (Column(DemographicAttribute.Age), Column(DemographicAttribute.Sex), Column(DemographicAttribute.Race));
        var text = new StringBuilder("id,age_group,gender,race\n");
        for (var i = 0; i < table.People; i++)
            text.Append($"{i:00000},{age[i]},{sex[i]},{race[i].ToLowerInvariant()}\n");
        return text.ToString();
    }
}

using Rhytid.Training.Datasets.Splits;


namespace Rhytid.Training.Tests.Datasets.Splits;

public class PhotoGroupsTests
{
    [Theory]
    [InlineData("00002", "00002")]
    [InlineData("00002_cwm", "00002")]
    [InlineData("00002_3", "00002")]
    [InlineData("00002_", "00002_")]
    [InlineData("0000203", "0000203")]
    [InlineData("0002_cwm", "0002_cwm")]
    [InlineData("photo_1", "photo_1")]
    [InlineData("x0002_1", "x0002_1")]
    public void The_name_tells_the_photo(string id, string photo) => Assert.Equal(photo, PhotoGroups.PhotoOf(id));

    [Fact]
    public void Ids_of_one_photo_form_a_group()
    {
        var groups = new PhotoGroups().Group(["00002_iwm", "00003", "00002", "a", "00002_cwm", "a"]);

        Assert.Equal(["00002", "00003", "a"], groups.Select(group => group.Group));
        Assert.Equal(["00002", "00002_cwm", "00002_iwm"], groups[0].Ids);
    }

    [Fact]
    public void What_is_known_joins_across_names_and_in_chains()
    {
        var groups = new PhotoGroups([["b", "a"], ["c", "00002_x"], ["elsewhere", "b"], ["elsewhere", "00002"]]);

        Assert.Single(new[] { "a", "b", "c", "00002", "00002_cwm" }.Select(groups.GroupOf).Distinct());
        Assert.NotEqual(groups.GroupOf("a"), groups.GroupOf("d"));
    }

    [Fact]
    public void The_order_of_what_is_known_does_not_matter()
    {
        string[][] known = [["p", "q"], ["r", "q"], ["s", "t"], ["t", "a"], ["p", "s"]];

        Assert.All(
            new[] { new PhotoGroups(known), new PhotoGroups(known.AsEnumerable().Reverse()) },
            groups => Assert.Equal("a", groups.GroupOf("r")));
    }
}

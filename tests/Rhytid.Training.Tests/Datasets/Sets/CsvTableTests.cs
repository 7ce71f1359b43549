using Rhytid.Training.Datasets.Sets;


namespace Rhytid.Training.Tests.Datasets.Sets;

public class CsvTableTests
{
    [Fact]
    public void Cells_are_quoted_where_they_need_it() =>
        Assert.Equal(
            "id,name\n1,plain\n2,\"a,b\"\n3,\"say \"\"hi\"\"\"\n4,\"two\nlines\"\n",
            CsvTable.Of(["id", "name"], [["1", "plain"], ["2", "a,b"], ["3", "say \"hi\""], ["4", "two\nlines"]]));
}

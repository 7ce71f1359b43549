using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public class CsvTableTests
{
    [Fact]
    public void Cells_are_quoted_where_they_need_it() =>
        Assert.Equal(
            "id,name\n1,plain\n2,\"a,b\"\n3,\"say \"\"hi\"\"\"\n4,\"two\nlines\"\n",
            CsvTable.Write(["id", "name"], [["1", "plain"], ["2", "a,b"], ["3", "say \"hi\""], ["4", "two\nlines"]]));

    [Fact]
    public void What_was_written_is_read()
    {
        var table = CsvTable.Parse(
            CsvTable.Write(["id", "name"], [["1", "a,b"], ["2", "say \"hi\""], ["3", "two\nlines"], ["4", ""]]));

        Assert.Equal(["id", "name"], table.Header);
        Assert.Equal(["a,b", "say \"hi\"", "two\nlines", ""], table.Rows.Select(row => row.Cells[1]));
        Assert.Equal([2, 3, 4, 6], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void Files_of_spreadsheets_are_read()
    {
        var table = CsvTable.Parse("\uFEFFid, age\r\n\r\n 7 ,\"30\"\r\n8\r\n");

        Assert.Equal(["id", "age"], table.Header);
        Assert.Equal([["7", "30"], ["8"]], table.Rows.Select(row => row.Cells));
        Assert.Equal([3, 4], table.Rows.Select(row => row.Line));
    }

    [Fact]
    public void A_table_without_rows_keeps_its_header() => Assert.Equal("id,name\n", CsvTable.Write(["id", "name"], []));
}

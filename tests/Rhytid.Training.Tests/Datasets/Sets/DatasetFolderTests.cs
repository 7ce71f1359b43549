using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class DatasetFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_and_arrays_are_found_to_the_bottom_in_order()
    {
        Directory.CreateDirectory(_folder["below"]);
        foreach (var name in new[] { "b.png", "a.JPG", "c.npy", "d.txt", "below/e.png" })
            File.WriteAllText(_folder[name], "");

        Assert.Equal(
            ["a.JPG", "b.png", "below/e.png"],
            DatasetFolder.Pictures(_folder.Path).Select(path => Path.GetRelativePath(_folder.Path, path)));
        Assert.Equal(
            ["a.JPG", "b.png", "below/e.png", "c.npy"],
            DatasetFolder.Labels(_folder.Path).Select(path => Path.GetRelativePath(_folder.Path, path)));
        Assert.True(DatasetFolder.IsArray("x.NPY"));
    }

    [Theory]
    [InlineData("12345", "12000/12345.png")]
    [InlineData("00007", "00000/00007.png")]
    [InlineData("69999", "69000/69999.png")]
    [InlineData("123456", "123456.png")]
    [InlineData("1234x", "1234x.png")]
    public void Ffhq_keeps_a_thousand_photos_in_a_folder(string id, string expected) =>
        Assert.Equal(expected.Replace('/', Path.DirectorySeparatorChar), FfhqFolders.FileOf(id));
}

using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Tests.Datasets.Splits;

public sealed class IdListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_keep_their_order_without_comments_and_spaces()
    {
        File.WriteAllText(_folder["ids.txt"], "\uFEFF# test set\r\n 00012 \n\n00003 # a note\n\t00007\n");

        Assert.Equal(["00012", "00003", "00007"], IdList.Load(_folder["ids.txt"]));
    }

    [Fact]
    public void All_problems_come_at_once_with_their_lines()
    {
        File.WriteAllText(_folder["ids.txt"], "00001\n00002\n00001\na/b\n..\n00002\n");

        var error = Assert.Throws<DatasetException>(() => IdList.Load(_folder["ids.txt"]));

        Assert.Equal(
            $"{_folder["ids.txt"]}: line 3: 00001 is already in line 1; line 4: 'a/b' is no id: no spaces, slashes or # in one; "
                + "line 5: '..' is no id: no spaces, slashes or # in one; line 6: 00002 is already in line 2",
                    error.Message);
    }

    [Fact]
    public void Hundreds_of_problems_do_not_flood_the_screen()
    {
        File.WriteAllLines(_folder["ids.txt"], Enumerable.Repeat("00001", 101));

        Assert.EndsWith(
            "; and 80 more", Assert.Throws<DatasetException>(() => IdList.Load(_folder["ids.txt"])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n\n")]
    public void A_list_without_ids_is_refused(string text)
    {
        File.WriteAllText(_folder["ids.txt"], text);

        Assert.Contains(
            "no id in it", Assert.Throws<DatasetException>(() => IdList.Load(_folder["ids.txt"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_in_a_line()
    {
        Assert.EndsWith(
            "there is no such file", Assert.Throws<DatasetException>(() => IdList.Load(_folder["none.txt"])).Message,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "this is a folder, not a list of ids",
            Assert.Throws<DatasetException>(() => IdList.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_is_read_back()
    {
        IdList.Save(_folder["train.txt"], ["00002", "00001"], "seed: 1", "two\nlines");

        Assert.Equal("# seed: 1\n# two\n# lines\n00002\n00001\n", File.ReadAllText(_folder["train.txt"]));
        Assert.Equal(["00002", "00001"], IdList.Load(_folder["train.txt"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_saved()
    {
        Assert.Throws<ArgumentException>(() => IdList.Save(_folder["a.txt"], ["a b"]));
        Assert.Throws<ArgumentException>(() => IdList.Save(_folder["a.txt"], ["a", "a"]));
        Assert.Throws<OutputException>(() => IdList.Save(_folder["none/a.txt"], ["a"]));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}

using System.Collections.Concurrent;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class ShardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Parts_are_disjoint_and_complete(int parts)
    {
        var made = new ConcurrentBag<string>();
        for (var part = 0; part < parts; part++)
            Assert.Empty(FileJobs.Run(Jobs(20, made.Add), new Shard(part, parts), threads: 2).Failed);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i:D2}"), made.Order(StringComparer.Ordinal));
        Assert.Equal(20, Directory.GetFiles(_folder["out"]).Length);
    }

    [Theory]
    [InlineData("0/1", 0, 1)]
    [InlineData("3/4", 3, 4)]
    public void Parts_are_read_as_written(string text, int index, int count) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(text));

    [Theory]
    [InlineData("4/4")]
    [InlineData("-1/4")]
    [InlineData("1")]
    [InlineData("1/0")]
    [InlineData("a/b")]
    public void Other_texts_are_no_parts(string text) => Assert.Null(Shard.Parse(text));

    private List<FileJob> Jobs(int count, Action<string> making) =>
        [.. Enumerable.Range(0, count).Select(i => new FileJob($"{i:D2}", _folder[$"out/{i:D2}.bin"], () =>
        {
            making($"{i:D2}");
            return [(byte)i];
        }))];
}

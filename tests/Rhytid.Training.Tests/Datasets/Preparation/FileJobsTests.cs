using System.Collections.Concurrent;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class FileJobsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Finished_files_are_not_made_again()
    {
        var made = new ConcurrentBag<string>();
        var jobs = Jobs(10, made.Add);
        FileJobs.Run(jobs.Take(4).ToList(), Shard.Whole, threads: 1);

        var result = FileJobs.Run(jobs, Shard.Whole, threads: 2);

        Assert.Equal((6, 4), (result.Done, result.Skipped));
        Assert.Equal(10, made.Count);
        Assert.Equal(10, FileJobs.Run(jobs, Shard.Whole, threads: 2, overwrite: true).Done);
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_and_other_parts_files_are_not()
    {
        Directory.CreateDirectory(_folder["out"]);
        var (mine, another) = (_folder["out/00.bin.abc.tmp"], _folder["out/01.bin.abc.tmp"]);
        File.WriteAllText(mine, "half");
        File.WriteAllText(another, "being written by another machine");

        FileJobs.Run(Jobs(2, _ => { }), new Shard(0, 2), threads: 1);

        Assert.False(File.Exists(mine));
        Assert.True(File.Exists(another));
    }

    [Fact]
    public void One_bad_file_does_not_end_the_run()
    {
        var jobs = Jobs(5, name =>
        {
            if (name == "03")
                throw new ImageException("the file is cut off");
        });

        var result = FileJobs.Run(jobs, Shard.Whole, threads: 2);

        Assert.Equal(4, result.Done);
        Assert.Equal([("03", "the file is cut off")], result.Failed);
    }

    // A full or vanished disk would fail every file that is left: one line, not fifty thousand.
    [Fact]
    public void A_place_that_cannot_be_written_ends_the_run()
    {
        var jobs = Jobs(50, _ => Directory.Delete(_folder["out"], recursive: true));

        Assert.Throws<OutputException>(() => FileJobs.Run(jobs, Shard.Whole, threads: 1));
    }

    private List<FileJob> Jobs(int count, Action<string> making) =>
        [.. Enumerable.Range(0, count).Select(i => new FileJob($"{i:D2}", _folder[$"out/{i:D2}.bin"], () =>
        {
            making($"{i:D2}");
            return [(byte)i];
        }))];
}

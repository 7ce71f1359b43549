using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataSplitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_sets_that_share_photos_are_split_together()
    {
        MakeSet("one", 1, 40);
        MakeSet("two", 31, 60);
        File.Copy(_folder["one/masks/00005.png"], _folder["two/masks/00005_worn.png"]);
        File.WriteAllLines(_folder["test-ids.txt"], ["00001", "00031", "00099"]);

        var run = RhytidProcess.Run(
            "data", "split", _folder["one"], _folder["two"], "-o", _folder["split"], "--seed", "4", "--test-list",
            _folder["test-ids.txt"], "--folds", "2", "--fractions", "100,50,25,5");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("test list: 2 of its 3 ids are in the set", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "# test: 2 ids", "# seed: 4", "# parts: 80/10/10, test ids from test-ids.txt",
                "# counts: train 52, val 7, test 2, of 60 different photos", "# sets: one (40 ids), two (31 ids)",
                "00001", "00031"
            ],
            File.ReadAllLines(_folder["split/test.txt"]));
        var train = Ids("train");
        var val = Ids("val");
        Assert.Empty(train.Intersect(val));
        Assert.Equal(train.Contains("00005"), train.Contains("00005_worn"));
        Assert.Empty(Ids("train-005").Except(Ids("train-025")));
        Assert.Equal(train, Ids("train-100"));
        Assert.Equal(
            train.Concat(val).Order(StringComparer.Ordinal),
            Ids("fold-1-val").Concat(Ids("fold-2-val")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_labelled_photos_count_unless_all_are_asked_for()
    {
        MakeSet("one", 1, 20);
        for (var id = 1; id <= 20; id++)
            TestPictures.Landscape(2, 1).Save(_folder[$"one/images/{id:00000}.png"]);
        TestPictures.Landscape(8, 8).Save(_folder["one/images/unlabelled.png"]);
        new Mask(2, 1).Save(_folder["one/masks/00001.png"]);

        var labelled = RhytidProcess.Run(
            "data", "split", _folder["one"], "-o", _folder["a"], "--drop-empty", "--no-duplicates");
        var all = RhytidProcess.Run("data", "split", _folder["one"], "-o", _folder["b"], "--all", "--no-duplicates");

        Assert.Contains("19 different photos", labelled.Output, StringComparison.Ordinal);
        Assert.Contains("one: 1 photo without a manual mask left out", labelled.Output, StringComparison.Ordinal);
        Assert.Contains("one: 1 photo left out because no wrinkle is drawn", labelled.Output, StringComparison.Ordinal);
        Assert.Contains("21 different photos", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_photo_under_another_name_stays_in_its_part_unless_nobody_looks()
    {
        MakeSet("one", 1, 30);
        for (var id = 1; id <= 30; id++)
        {
            var photo = Patches(id);
            photo.Save(_folder[$"one/images/{id:00000}.png"]);
            Mask.Full(photo.Width, photo.Height).Save(_folder[$"one/masks/{id:00000}.png"]);
        }
        File.Copy(_folder["one/images/00007.png"], _folder["one/images/copy.png"]);
        File.Copy(_folder["one/masks/00007.png"], _folder["one/masks/copy.png"]);
        File.WriteAllLines(_folder["test-ids.txt"], ["00007"]);
        string[] call =
        [
            "data", "split", _folder["one"], "-o", _folder["split"], "--test-list", _folder["test-ids.txt"]
        ];

        var run = RhytidProcess.Run(call);
        var blind = RhytidProcess.Run([.. call, "--no-duplicates", "--overwrite"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "copy",
            Assert.Single(
                run.Output.Split('\n'),
                line => line.StartsWith("left out, the same photo as a test id", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains("the same photo, kept together: 00007 = copy", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", blind.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Listed_ids_that_the_set_lacks_are_named_the_first_ten()
    {
        MakeSet("one", 1, 30);
        File.WriteAllLines(_folder["test-ids.txt"], ["00001", "0002"]);
        File.WriteAllLines(_folder["exclude.txt"], ["00003", .. Enumerable.Range(50, 12).Select(id => $"{id:00000}")]);

        var run = RhytidProcess.Run(
            "data", "split", _folder["one"], "-o", _folder["split"], "--test-list", _folder["test-ids.txt"],
            "--exclude", _folder["exclude.txt"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "test-ids.txt: 1 of 2 ids is not among the photos that are split: 0002\n", run.Error,
            StringComparison.Ordinal);
        Assert.Contains(
            "exclude.txt: 12 of 13 ids are not among the photos that are split: 00050 00051 00052 00053 00054 00055 00056 00057 00058 00059 and 2 more\n",
            run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_split_is_replaced_only_when_forced()
    {
        MakeSet("one", 1, 30);
        string[] call = ["data", "split", _folder["one"], "-o", _folder["split"]];

        Assert.Equal(0, RhytidProcess.Run(call).ExitCode);
        Assert.Equal(0, RhytidProcess.Run(call).ExitCode);
        var other = RhytidProcess.Run([.. call, "--seed", "1"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains(
            "another split is there",
            Assert.Single(other.ErrorLines, line => line.StartsWith("error", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal(0, RhytidProcess.Run([.. call, "--seed", "1", "--overwrite"]).ExitCode);
    }

    [Theory]
    [InlineData(2, "--parts '80/20' must be three numbers", "--parts", "80/20")]
    [InlineData(2, "--folds must be 2 to 100", "--folds", "1")]
    [InlineData(2, "--fractions '50,50' must be percentages", "--fractions", "50,50")]
    [InlineData(1, "there is no such file", "--test-list", "none.txt")]
    [InlineData(1, "test would be empty: 3 ids of 3 photos are too few for 80/10/10")]
    public void Wrong_use_gets_a_line(int exitCode, string line, params string[] options)
    {
        MakeSet("one", 1, 3);

        var run = RhytidProcess.Run(["data", "split", _folder["one"], "-o", _folder["split"], .. options]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(run.ErrorLines, said => said.Contains(line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder["split"]));
    }

    // Nothing goes into a part that training could not read.
    [Fact]
    public void Damaged_samples_are_left_out_by_name()
    {
        var set = DataTestSet.Write(_folder["set"], 20, side: 48);
        for (var id = 0; id < 20; id++)
            Patches(id).Resize(48, 48).Save(Path.Combine(set, "images", $"{id:00000}.png"));
        File.WriteAllText(Path.Combine(set, "masks", "00003.png"), "no picture");
        File.WriteAllBytes(Path.Combine(set, "images", "00004.png"), []);
        File.Delete(Path.Combine(set, "images", "00005.png"));

        var run = RhytidProcess.Run("data", "split", set, "-o", _folder["split"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.ErrorLines, line => line.StartsWith("error: 00003 is left out", StringComparison.Ordinal));
        Assert.Contains(run.ErrorLines, line => line.StartsWith("error: 00004 is left out", StringComparison.Ordinal));
        Assert.Contains("set: left out, there is no photo (1): 00005", run.Output, StringComparison.Ordinal);
        Assert.Equal(17, Ids("train").Concat(Ids("val")).Concat(Ids("test")).Count());
    }

    [SkippableFact]
    public void Real_sets_split_without_the_published_test_ids()
    {
        var data = Repository.SharedData();

        var run = RhytidProcess.Run(
            "data", "split", Path.Combine(data, "ffhq-mini"), Path.Combine(data, "rahmati"), "--drop-empty",
            "--exclude", Path.Combine(data, "ffhq-wrinkle-test-ids.txt"), "-o", _folder["split"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("excluded (1): 01033", run.Output, StringComparison.Ordinal);
        Assert.Equal(150, Ids("train").Length + Ids("val").Length + Ids("test").Length);
    }

    // No two alike from afar, as photos of different people are.
    private static Plane<byte> Patches(int seed)
    {
        var patches = new byte[8 * 8];
        new Random(seed).NextBytes(patches);
        return Plane<byte>.FromPixels(patches, 8, 8).Resize(64, 64, Interpolation.Linear);
    }

    private string[] Ids(string list) =>
        [.. File.ReadLines(_folder[$"split/{list}.txt"]).Where(line => line[0] != '#')];

    private void MakeSet(string name, int first, int last)
    {
        Directory.CreateDirectory(_folder[$"{name}/images"]);
        Directory.CreateDirectory(_folder[$"{name}/masks"]);
        for (var id = first; id <= last; id++)
            Mask.Full(2, 1).Save(_folder[$"{name}/masks/{id:00000}.png"]);
    }
}

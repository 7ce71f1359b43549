using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Annotators;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class VoteLabelMakerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(VoteMethod.Majority, "masks", new byte[] { 255, 255, 0, 0 })]
    [InlineData(VoteMethod.Soft, "soft_masks", new byte[] { 255, 170, 85, 0 })]
    [InlineData(VoteMethod.Staple, "masks", new byte[] { 255, 255, 0, 0 })]
    public void Each_method_writes_its_folder(VoteMethod method, string folder, byte[] expected)
    {
        var set = Set("1100", "1110", "1000");
        var options = new VoteOptions { Method = method };
        var maker = new VoteLabelMaker(set, options);
        var judged = method == VoteMethod.Staple ? maker.Judge(set.Ids, threads: 1) : null;

        var step = Assert.Single(maker.Steps(_folder["voted"], set.Ids, judged));

        Assert.Equal(_folder[$"voted/{folder}"], step.Folder);
        Assert.Equal(method.ToString().ToLowerInvariant(), step.Settings["method"]);
        Assert.Equal("0, 1, 2", step.Settings["annotators"]);
        Assert.Empty(FileJobs.Run(step.Jobs, Shard.Whole, threads: 1).Failed);
        Assert.Equal(expected, ImageEncoding.LoadLabels(_folder[$"voted/{folder}/a.png"]).Samples.ToArray());
    }

    [Fact]
    public void Probabilities_are_a_folder_of_their_own()
    {
        var set = Set("1100", "1110", "1000");
        var maker = new VoteLabelMaker(set, new VoteOptions { Method = VoteMethod.Staple, Probabilities = true });

        var steps = maker.Steps(_folder["voted"], set.Ids, maker.Judge(set.Ids, threads: 1));

        Assert.Equal(["masks", "probabilities"], steps.Select(step => Path.GetFileName(step.Folder)));
    }

    [Fact]
    public void What_was_found_out_about_the_annotators_goes_into_a_table()
    {
        var set = Set("1100", "1110", "1000");
        var judged = new VoteLabelMaker(set, new VoteOptions { Method = VoteMethod.Staple }).Judge(set.Ids, threads: 1);

        var lines = judged.ToCsv(set).TrimEnd().Split('\n');

        Assert.Equal("id,annotator,sensitivity,specificity,prior,iterations,converged", lines[0]);
        Assert.Equal(["a,0", "a,1", "a,2"], lines[1..].Select(line => line[..3]));
    }

    [Fact]
    public void More_votes_than_there_are_annotators_of_a_photo_is_a_failure_of_that_photo()
    {
        var set = Set("1100", "1110", "1000");
        var maker = new VoteLabelMaker(set, new VoteOptions { MinVotes = 4 });

        var error = Assert.Throws<DatasetException>(
            () => maker.Steps(_folder["voted"], set.Ids).Single().Jobs[0].Make());

        Assert.Equal("a: 3 annotators drew it, 4 votes are asked for", error.Message);
    }

    private AnnotatorSet Set(params string[] masks)
    {
        foreach (var (place, mask) in masks.Index())
            TestDataset.Write(Masks.Of(mask), _folder[$"{place}"], "a.png");
        return AnnotatorSet.Open([.. masks.Index().Select(mask => _folder[$"{mask.Index}"])]);
    }
}

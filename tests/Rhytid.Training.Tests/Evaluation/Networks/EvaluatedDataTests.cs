using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Networks;
using static Rhytid.Training.Tests.Evaluation.EvaluatedSets;

namespace Rhytid.Training.Tests.Evaluation.Networks;

public sealed class EvaluatedDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_without_a_manual_mask_are_told_apart()
    {
        Save(_folder, "data/masks/a.png", "0110");
        Save(_folder, "data/images/b.png", "0110");

        var (dataset, unlabelled) = EvaluatedData.Choose(WrinkleDataset.Open(_folder["data"]), ["a", "b", "c"]);

        Assert.Equal(["a", "b"], dataset.Samples.Select(sample => sample.Id));
        Assert.Equal(["b", "c"], unlabelled);
        using var data = EvaluatedData.Open(_folder["data"], ["a"], new DatasetOptions());
        Assert.Equal(["a"], data.Set.Ids);
    }
}

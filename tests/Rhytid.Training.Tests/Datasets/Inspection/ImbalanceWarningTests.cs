using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class ImbalanceWarningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_a_thousandth_on_there_is_no_warning()
    {
        Assert.Null(WarningFor(new MadeSet(_folder, "enough").Mask("masks/a.png", 100, 10)));
        Assert.Contains(
            "only 0.09 % of all pixels are wrinkle",
            WarningFor(new MadeSet(_folder, "few").Mask("masks/a.png", 100, 9)), StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_that_were_cut_wrongly_before_are_the_likely_cause_where_nothing_else_is_in_them() =>
        Assert.Contains(
            "made by the rule '> 127' from masks of 0 and 1",
            WarningFor(new MadeSet(_folder, "set").Mask("masks/a.png", 100, 1)), StringComparison.Ordinal);

    // Sandu et al.'s 0.03 %: wrinkles of value 1, and a few other values, so that the masks are not plainly 0/1.
    [Fact]
    public void Small_values_that_are_read_as_empty_are_named_with_the_option_that_reads_them()
    {
        var set = new MadeSet(_folder, "set").Mask("masks/a.png", 100, 150, value: 60).Mask("masks/b.png", 100, 3);

        var warning = WarningFor(set);

        Assert.Contains("the rule '> 127' reads as empty", warning, StringComparison.Ordinal);
        Assert.Contains("0.765 % of the pixels are not 0", warning, StringComparison.Ordinal);
        Assert.Contains("--wrinkle-value", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_class_value_is_named()
    {
        var set = new MadeSet(_folder, "set").Mask("masks/a.png", 100, 150, value: 2);

        Assert.Contains(
            "the wrong value is taken for wrinkle (3)", WarningFor(set, new DatasetOptions { WrinkleValue = 3 }),
            StringComparison.Ordinal);
        Assert.Null(WarningFor(set, new DatasetOptions { WrinkleValue = 2 }));
    }

    private static string? WarningFor(MadeSet set, DatasetOptions? options = null) =>
        ImbalanceWarning.For(ClassImbalance.Run(WrinkleDataset.Open(set.Folder, options), null, threads: 1));
}

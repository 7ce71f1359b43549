using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class AugmentationPresetsTests
{
    [Fact]
    public void Every_preset_is_found_by_its_name_and_another_name_lists_them()
    {
        Assert.All(AugmentationPresets.All, preset => Assert.Same(preset, AugmentationPresets.Named(preset.Name)));
        Assert.Equal(
            AugmentationPresets.All.Count, AugmentationPresets.All.Select(preset => preset.Name).Distinct().Count());
        Assert.Empty(AugmentationPresets.Named("none").Operations);
        var error = Assert.ThrowsAny<Exception>(() => AugmentationPresets.Named("moom"));
        Assert.Contains("moom", error.Message, StringComparison.Ordinal);
    }
}

using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Tests.Recipes;

public sealed class RecipeBookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        File.WriteAllText(
            _folder["mine.yaml"],
            "title: mine\nmodel: unett\nlearning-rate: 3\nloss: {dice-x: 1}\nepochs: 0\nbatch: four\noptimizer: {kind: adamm}\n");

        var error = Assert.Throws<RecipeException>(() => RecipeBook.Load(_folder["mine.yaml"]));

        string[] parts =
        [
            "line 2: the recipe: 'model' is 'unett'; it may be: unet,", "line 3: the recipe has no key 'learning-rate'",
            "line 4: loss has no key 'dice-x'; it may have: mse, l1, dice-c",
            "line 5: the recipe: 'epochs' must be a whole number from 1 on, not '0'",
            "line 6: the recipe: 'batch' must be a whole number from 1 on, not 'four'",
            "line 7: optimizer: 'kind' is 'adamm'"
        ];
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Changes_go_anywhere_in_the_recipe()
    {
        var recipe = RecipeBook.Load(
            "kim-dice-focal", ("epochs", "3"), ("optimizer.learning-rate", "1e-3"), ("input.size", "256"),
            ("loss.bce", "0.5"));

        Assert.Equal((3, 1e-3, 256), (recipe.Epochs, recipe.Optimizer.LearningRate, recipe.Preprocessing.Size));
        Assert.Equal(
            [("dice-sq", 1), ("focal", 1), ("bce", 0.5)], recipe.Loss.Select(term => (term.Loss.Name, term.Weight)));
        Assert.Contains(
            "has no key 'epoch'",
            Assert.Throws<RecipeException>(() => RecipeBook.Load("kim-bce", ("epoch", "3"))).Message,
            StringComparison.Ordinal);
    }

    // What would only fail, or learn nothing, once the data are read.
    [Theory]
    [InlineData("moon-unet-rgb", "out-channels=5", "out-channels is 5; the objective wrinkles needs 1 to 2")]
    [InlineData("moon-unet-rgb", "in-channels=7", "'in-channels' must be a whole number from 3 to 4, not '7'")]
    [InlineData("moon-unet-rgb", "patches.size=2048", "patches of 2048 pixels do not fit into pictures of 1024")]
    [InlineData("moon-unet-rgb", "input.texture=photo", "the network has no fourth channel for one")]
    [InlineData("moon-unet-rgb", "input.threshold=3", "input: 'threshold' must be a number from 0 to 1, not '3'")]
    [InlineData("moon-unet-rgbt", "input.texture=face", "input: 'texture' is 'face'; it may be: skin, photo")]
    [InlineData("moon-unet-rgb", "loss.dice-c=0", "nothing would be learned")]
    [InlineData("moon-unet-rgb", "loss.wds=1", "loss wds needs the heads of wds-unet, not unet")]
    [InlineData("moon-unet-rgb", "objective.kind=texture", "loss dice-c does not belong to the objective texture")]
    [InlineData("moon-unet-rgb", "model=bisenet", "bisenet names parts of faces")]
    [InlineData("kim-focal", "loss.ohem=1", "loss ohem does not belong to the objective wrinkles")]
    public void What_does_not_go_together_is_told(string name, string change, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<RecipeException>(
                () => RecipeBook.Load(name, (change.Split('=')[0], change.Split('=')[1]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_network_that_cannot_be_built_is_refused() =>
        Assert.Contains(
            "cannot be built",
            Assert.Throws<RecipeException>(
                () => RecipeBook.Load("moon-unet-rgb", ("width", "7"), ("window", "3"))).Message,
            StringComparison.Ordinal);
}

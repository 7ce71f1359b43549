using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Tests.Recipes;

public sealed class RecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. RecipeBook.Names];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recipe_is_whole_and_names_its_source(string name)
    {
        var recipe = RecipeBook.Load(name);

        Assert.Equal(name, recipe.Name);
        Assert.Matches("Moon|Poster|Kim|Bui|Sandu|WDS|BiSeNet|Sanchez|this project", recipe.Source);
        var plan = recipe.ToPlan();
        recipe.Preprocessing.Check(recipe.ModelOptions.InChannels);
        Assert.Equal(
            recipe.Schedule is PolynomialOptions { WarmUp: > 0 }
                ? plan.Schedule().LearningRate(0)
                : recipe.Optimizer.LearningRate,
            plan.Schedule().LearningRate(0));
        Assert.True(recipe.Initial?.Recipe is null || RecipeBook.Names.Contains(recipe.Initial.Recipe));
    }

    // What a run's folder keeps must make the same run again.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_resolved_recipe_reads_back_as_the_same(string name)
    {
        var loss = RecipeBook.Load(name).Objective switch { WrinkleOptions =>
            "focal", ParsingOptions => "ohem", _ => "mse" };
        var recipe = RecipeBook.Load(
            name, ("average", "0.99"), ("objective.soft-labels", "1.5"), ("seed", "7"), ($"loss.{loss}.alpha", "0.9"),
            ("title", "said \"so\" \\ thus"));
        File.WriteAllText(_folder[$"{name}.yaml"], recipe.ToYaml());

        var again = RecipeBook.Load(_folder[$"{name}.yaml"]);

        Assert.Equal(recipe.ToYaml(), again.ToYaml());
        Assert.Equal(
            (recipe.Title, recipe.Objective, recipe.Initial, recipe.Patches, recipe.Schedule, recipe.Seed,
                recipe.AverageDecay),
            (again.Title, again.Objective, again.Initial, again.Patches, again.Schedule, again.Seed,
                again.AverageDecay));
        Assert.Equal(recipe.Loss, again.Loss);
        Assert.Equal(recipe.Preprocessing.Mean, again.Preprocessing.Mean);
    }

    [Theory]
    [InlineData("photo", true)]
    [InlineData("skin", false)]
    [InlineData(null, false)]
    public void The_texture_map_is_of_the_skin_or_of_the_photo(string? texture, bool isWhole)
    {
        var recipe = texture is null
            ? RecipeBook.Load("moon-unet-rgbt")
            : RecipeBook.Load("moon-unet-rgbt", ("input.texture", texture));
        File.WriteAllText(_folder["mine.yaml"], recipe.ToYaml());

        Assert.Equal(isWhole, recipe.Preprocessing.WholeTexture);
        Assert.Contains($"texture: {texture ?? "skin"}", recipe.ToYaml(), StringComparison.Ordinal);
        var again = RecipeBook.Load(_folder["mine.yaml"]);
        Assert.Equal(recipe.ToYaml(), again.ToYaml());
        Assert.Equal(isWhole, again.Preprocessing.WholeTexture);
    }

    // Moon, stage 2: U-Net, colour and texture.
    [Fact]
    public void Moons_second_stage()
    {
        var recipe = RecipeBook.Load("moon-unet-rgbt");

        Assert.Equal(
            (4, 2, 150, 14),
            (recipe.ModelOptions.InChannels, recipe.ModelOptions.OutChannels, recipe.Epochs, recipe.Batch));
        Assert.Equal(
            ("adamw", 1e-4, 0.05), (recipe.Optimizer.Id, recipe.Optimizer.LearningRate, recipe.Optimizer.WeightDecay));
        Assert.Equal(9e-5, recipe.ToPlan().Schedule().LearningRate(50), 1e-12);
        Assert.Equal(17_263_618, PublishedCounts.Count(recipe.Model, recipe.ModelOptions).All);
    }

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

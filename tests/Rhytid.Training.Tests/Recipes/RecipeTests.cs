using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
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
}

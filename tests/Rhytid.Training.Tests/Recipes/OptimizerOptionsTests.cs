using Rhytid.Models;
using Rhytid.Torch.Optim;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Tests.Recipes;

public sealed class OptimizerOptionsTests
{
    // BiSeNet: fusion (98,816), main head (595,200) and two others (75,072 each) learn ten times as fast; biases and
    // batch norm do not decay.
    [Fact]
    public void The_face_parsers_fast_parts_and_vectors_have_groups_of_their_own()
    {
        var recipe = RecipeBook.Load("bisenet-parsing");
        using var network = ModelCatalog.Create(recipe.Model, recipe.ModelOptions, initialize: false);
        using var optimizer = recipe.ToPlan().Optimizer(network.Parameters.Parameters, 1e-2);

        Assert.IsType<Sgd>(optimizer);
        Assert.Equal(4, optimizer.Groups.Count);
        Assert.Equal(
            98_816 + 595_200 + (2 * 75_072), optimizer.Groups.Where(group => group.RateFactor == 10).Sum(Count));
        Assert.Equal(13_300_416, optimizer.Groups.Sum(Count));
        Assert.All(optimizer.Groups, group => Assert.Contains(group.RateFactor, new[] { 1.0, 10 }));
        foreach (var group in optimizer.Groups)
            Assert.All(
                group.Parameters,
                parameter => Assert.Equal(parameter.Tensor.Dimensions > 1 ? 5e-4 : 0, group.WeightDecay));
        Assert.All(
            optimizer.Groups.Where(group => group.RateFactor == 10).SelectMany(group => group.Parameters),
            parameter => Assert.Matches("^(ffm|conv_out(16|32)?)\\.", parameter.Name));
    }

    [Theory]
    [InlineData("moon-unet-rgb", "out", 1, 17_263_042)]
    [InlineData("moon-unet-rgb", "outc", 2, 130)]
    [InlineData("moon-unet-rgb", "outc, inc.double_conv.0", 2, 130 + (64 * 27))]
    public void Parts_are_named_whole(string name, string parts, int groups, long fast)
    {
        var recipe = RecipeBook.Load(name, ("optimizer.fast-parts", parts), ("optimizer.fast-factor", "5"));
        using var network = ModelCatalog.Create(recipe.Model, recipe.ModelOptions, initialize: false);
        using var optimizer = recipe.ToPlan().Optimizer(network.Parameters.Parameters, 1e-4);

        Assert.IsType<AdamW>(optimizer);
        Assert.Equal(groups, optimizer.Groups.Count);
        Assert.Equal(fast, optimizer.Groups.Where(group => groups == 1 || group.RateFactor == 5).Sum(Count));
        Assert.All(optimizer.Groups, group => Assert.Equal(0.05, group.WeightDecay));
        Assert.Equal(
            optimizer.Groups.SelectMany(group => group.Parameters).Count(), network.Parameters.Parameters.Count());
    }

    // WDS: L2 on weights of more than one dimension only.
    [Fact]
    public void The_recipe_of_wds_decays_matrices_alone()
    {
        var recipe = RecipeBook.Load("wds-unet");
        using var network = ModelCatalog.Create(recipe.Model, recipe.ModelOptions, initialize: false);
        using var optimizer = recipe.ToPlan().Optimizer(network.Parameters.Parameters, 0.01);

        Assert.IsType<Adam>(optimizer);
        Assert.Equal(
            [(0, true), (1e-4, false)],
            optimizer.Groups.Select(
                group => (group.WeightDecay, group.Parameters.All(parameter => parameter.Tensor.Dimensions == 1)))
                    .Order());
    }

    private static long Count(ParameterGroup group) => group.Parameters.Sum(parameter => parameter.Tensor.Count);
}

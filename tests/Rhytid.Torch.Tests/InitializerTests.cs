using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>Starting values have the spread that PyTorch's formulas give them.</summary>
public class InitializerTests
{
    private static readonly long[] Shape = [64, 32, 3, 3];
    private const double FanIn = 32 * 9;
    private const double FanOut = 64 * 9;

    public static TheoryData<string, double> Spreads => new()
    {
        // Uniform within +-b has the deviation b / sqrt(3).
        { "default", 1 / Math.Sqrt(FanIn) / Math.Sqrt(3) },
        { "kaiming uniform", Math.Sqrt(2 / FanIn) },
        { "kaiming normal", Math.Sqrt(2 / FanIn) },
        { "kaiming normal out", Math.Sqrt(2 / FanOut) },
        { "kaiming normal leaky", Math.Sqrt(2 / (1 + 0.04) / FanIn) },
        { "xavier uniform", Math.Sqrt(2 / (FanIn + FanOut)) },
        { "normal", 0.02 },
        { "truncated", 0.02 },
    };

    [Theory]
    [MemberData(nameof(Spreads))]
    public void The_deviation_is_the_formulas(string name, double deviation)
    {
        var values = Draw(name switch
        {
            "default" => Initializers.Default,
            "kaiming uniform" => Initializers.KaimingUniform,
            "kaiming normal" => Initializers.KaimingNormal(),
            "kaiming normal out" => Initializers.KaimingNormal(fanOut: true),
            "kaiming normal leaky" => Initializers.KaimingNormal(0.2),
            "xavier uniform" => Initializers.XavierUniform,
            "normal" => Initializers.Normal(0.02),
            _ => Initializers.TruncatedNormal(0.02),
        });
        Assert.InRange(values.Average(), -0.03 * deviation, 0.03 * deviation);
        Assert.InRange(Math.Sqrt(values.Average(value => value * value)), 0.97 * deviation, 1.03 * deviation);
    }

    [Fact]
    public void Default_bounds_are_one_by_the_root_of_the_fan_in()
    {
        using var scope = TensorScope.Begin();
        using var store = new ParameterStore();
        TorchRuntime.Seed(9);
        var linear = new Linear(store.Root / "linear", 100, 400);
        var conv = new Conv2d(store.Root / "conv", 32, 200, 3, groups: 4);
        var transposed = new ConvTranspose2d(store.Root / "transposed", 16, 32, 2, 2);
        AssertBound(linear.Weight, 100);
        AssertBound(linear.Bias!, 100);
        AssertBound(conv.Weight, 8 * 9);
        AssertBound(conv.Bias!, 8 * 9);
        AssertBound(transposed.Weight, 32 * 4);
        AssertBound(transposed.Bias!, 32 * 4, 0.8);
    }

    [Fact]
    public void Truncated_values_stay_within_the_limit_and_reach_for_it()
    {
        var values = Draw(Initializers.TruncatedNormal(1, 1.5));
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, 1.5));
        Assert.True(values.Max() > 1.45 && values.Min() < -1.45);
        // Of a normal distribution cut at 1.5 deviations: 1 - 2 * 1.5 * phi(1.5) / (2 Phi(1.5) - 1).
        Assert.Equal(Math.Sqrt(1 - 3 * 0.129518 / 0.866386), Math.Sqrt(values.Average(value => value * value)), 1);
        Assert.All(Draw(Initializers.Constant(0.25)), value => Assert.Equal(0.25f, value));
    }

    [Fact]
    public void The_same_seed_gives_the_same_start() =>
        Assert.Equal(Draw(Initializers.KaimingNormal()), Draw(Initializers.KaimingNormal()));

    private static void AssertBound(Tensor tensor, double fanIn, double share = 0.97)
    {
        var largest = tensor.Detach().Abs().Max().ToDouble();
        Assert.InRange(largest, share / Math.Sqrt(fanIn), (1 + 1e-6) / Math.Sqrt(fanIn));
    }

    private static float[] Draw(Initializer initializer)
    {
        using var scope = TensorScope.Begin();
        var tensor = Tensor.Empty(Shape);
        TorchRuntime.Seed(3);
        initializer(tensor);
        return tensor.ToArray<float>();
    }
}

using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;

namespace Rhytid.Torch.Tests;

public class OptimizerTests
{
    public static TheoryData<string> Kinds => ["Sgd", "Adam", "AdamW"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_optimizer_goes_on_exactly(string kind)
    {
        using var scope = TensorScope.Begin();
        var straight = new Setting(kind);
        straight.Steps(1, 5);

        var first = new Setting(kind);
        first.Steps(1, 3);
        var second = new Setting(kind, first.Weight, first.Bias);
        second.Optimizer.Restore(first.Optimizer.Steps, first.Optimizer.State);
        second.Steps(4, 5);

        Assert.Equal(5, second.Optimizer.Steps);
        Assert.Equal(straight.Weight.ToArray<float>(), second.Weight.ToArray<float>());
        Assert.Equal(straight.Bias.ToArray<float>(), second.Bias.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_parameter_without_a_gradient_stays_and_does_not_age(string kind)
    {
        using var scope = TensorScope.Begin();
        var late = new Setting(kind);
        var before = late.Bias.ToArray<float>();
        for (var step = 1; step <= 3; step++)
            late.Step(step, withBias: false);
        Assert.Equal(before, late.Bias.ToArray<float>());

        // Its first two steps are those of an optimizer that has seen nothing else.
        var fresh = new Setting(kind);
        for (var step = 4; step <= 5; step++)
        {
            late.Step(step, withBias: true);
            fresh.Step(step, withBias: true);
        }
        Assert.Equal(fresh.Bias.ToArray<float>(), late.Bias.ToArray<float>());
        Assert.NotEqual(before, late.Bias.ToArray<float>());
    }

    [Fact]
    public void Frozen_parameters_and_buffers_stay()
    {
        using var scope = TensorScope.Begin();
        var setting = new Setting("AdamW");
        setting.Bias.RequiresGrad = false;
        var before = setting.Bias.ToArray<float>();
        setting.Steps(1, 2);
        Assert.Equal(before, setting.Bias.ToArray<float>());
        Assert.Throws<ArgumentException>(
            () => new Sgd([new ParameterGroup([new StoredParameter("mean", setting.Bias, IsBuffer: true)], 0.1)]));
    }

    [Fact]
    public void Clipping_scales_all_gradients_by_their_joint_length()
    {
        using var scope = TensorScope.Begin();
        var setting = new Setting("Sgd");
        setting.Weight.Grad = Tensor.Full(setting.Weight.Shape, 2);
        setting.Bias.Grad = Tensor.Full(setting.Bias.Shape, 1);
        // 6 weights of 2, 4 biases of 1: the square of the length is 6 * 4 + 4.
        var length = Math.Sqrt(28);

        Assert.Equal(length, setting.Optimizer.ClipGradients(100), 5);
        Assert.All(setting.Weight.Grad!.ToArray<float>(), value => Assert.Equal(2, value));

        Assert.Equal(length, setting.Optimizer.ClipGradients(1), 5);
        Assert.All(setting.Weight.Grad!.ToArray<float>(), value => Assert.Equal(2 / length, value, 5));
        Assert.All(setting.Bias.Grad!.ToArray<float>(), value => Assert.Equal(1 / length, value, 5));
        Assert.Equal(1, setting.Optimizer.ClipGradients(1), 5);

        setting.Optimizer.ZeroGrad();
        Assert.Null(setting.Weight.Grad);
        Assert.Equal(0, setting.Optimizer.ClipGradients(1));
    }

    [Fact]
    public void A_foreign_state_is_refused_and_changes_nothing()
    {
        using var scope = TensorScope.Begin();
        var setting = new Setting("AdamW");
        KeyValuePair<string, Tensor>[] state =
        [
            new("weight/exp_avg", Tensor.Ones([2, 3])), new("stranger/exp_avg", Tensor.Ones([1]))
        ];
        Assert.Throws<ArgumentException>(() => setting.Optimizer.Restore(7, state));
        Assert.Empty(setting.Optimizer.State);
        Assert.Equal(0, setting.Optimizer.Steps);
    }

    /// <summary>A weight and a bias with gradients that depend on the step only.</summary>
    private sealed class Setting
    {
        public Setting(string kind, Tensor? weight = null, Tensor? bias = null)
        {
            Weight = (weight?.Detach() ?? GoldenTensor.Of("weight", 2, 3)).Clone();
            Bias = (bias?.Detach() ?? GoldenTensor.Of("bias", 4)).Clone();
            Weight.RequiresGrad = Bias.RequiresGrad = true;
            ParameterGroup[] groups = [new([new("weight", Weight, false), new("bias", Bias, false)], 0.05, 0.1)];
            Optimizer = kind switch
            {
                "Sgd" => new Sgd(groups, 0.9),
                "Adam" => new Adam(groups),
                _ => new AdamW(groups),
            };
        }

        public Tensor Weight { get; }

        public Tensor Bias { get; }

        public Optimizer Optimizer { get; }

        public void Steps(int first, int last)
        {
            for (var step = first; step <= last; step++)
                Step(step, withBias: true);
        }

        public void Step(int step, bool withBias)
        {
            Weight.Grad = GoldenTensor.Of($"{step}.weight.gradient", Weight.Shape);
            Bias.Grad = withBias ? GoldenTensor.Of($"{step}.bias.gradient", Bias.Shape) : null;
            Optimizer.Step();
        }
    }
}

using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class ClassDiceTests
{
    // Two pixels of four classes: p = (0.7, 0.1, 0.1, 0.1) and (0.2, 0.4, 0.2, 0.2).
    private static readonly float[] First = [0.7f, 0.1f, 0.1f, 0.1f];
    private static readonly float[] Second = [0.2f, 0.4f, 0.2f, 0.2f];

    [Fact]
    public void The_loss_is_that_of_the_formula_over_the_classes_that_occur()
    {
        // Class 0: 2 * 0.7 / (0.9 + 1); class 1: 2 * 0.4 / (0.5 + 1); classes 2 and 3 do not occur.
        var expected = 1 - (((1.4 / 1.9) + (0.8 / 1.5)) / 2);

        Assert.Equal(expected, Loss([0, 1]), 1e-5);
    }

    [Fact]
    public void Pixels_without_a_single_class_are_left_out() =>
        Assert.Equal(1 - (1.4 / 1.7), Loss([0, FaceLabels.SomeFacePart]), 1e-5);

    [Fact]
    public void A_batch_of_unknown_pixels_has_a_finite_loss() =>
        Assert.Equal(1, Loss([FaceLabels.SomeFacePart, FaceLabels.NoFacePart]), 1e-5);

    [Fact]
    public void Every_gradient_lowers_the_loss()
    {
        using var scope = TensorScope.Begin();
        var logits = Logits();
        logits.RequiresGrad = true;
        var loss = new ClassDice().Compute([logits], Target([0, 1])).Total;
        loss.Backward();

        Assert.True(
            new ClassDice().Compute([logits.Detach() - logits.Grad!], Target([0, 1])).Total.ToDouble() < loss.ToDouble());
    }

    private static double Loss(float[] labels)
    {
        using var scope = TensorScope.Begin();
        return new ClassDice().Compute([Logits()], Target(labels)).Total.ToDouble();
    }

    // (1, 4, 1, 2): the classes of the first pixel lie beside those of the second.
    private static Tensor Logits() => Tensor.From(
        First.Zip(Second).SelectMany(pair => new[] { MathF.Log(pair.First), MathF.Log(pair.Second) }).ToArray(),
        1, 4, 1, 2);

    private static LossTarget Target(float[] labels) => new(Tensor.From(labels, 1, 1, 1, 2));
}

using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

/// <summary>Parsing labels that only say "some part of the face" or "none".</summary>
public sealed class PartialLabelTests
{
    [Theory]
    [InlineData(FaceLabels.SomeFacePart, 0.4)] // skin 0.3 and nose 0.1
    [InlineData(FaceLabels.NoFacePart, 0.6)]   // background 0.2, hair 0.4
    [InlineData(1, 0.3)]
    [InlineData(17, 0.4)]
    public void The_loss_is_that_of_the_sum_of_all_classes_that_the_label_stands_for(byte label, double probability)
    {
        using var scope = TensorScope.Begin();
        var probabilities = new float[19];
        (probabilities[0], probabilities[1], probabilities[10], probabilities[17]) = (0.2f, 0.3f, 0.1f, 0.4f);
        var logits = Tensor.From(Array.ConvertAll(probabilities, p => MathF.Log(Math.Max(p, 1e-12f))), 1, 19, 1, 1);

        var loss = new OhemCrossEntropy().Compute(
            [logits], new LossTarget(Tensor.From([(float)label], 1, 1, 1, 1)));

        Assert.Equal(-Math.Log(probability), loss.Total.ToDouble(), 1e-5);
    }

    [Fact]
    public void The_loss_of_a_group_pulls_at_all_its_classes_and_pushes_the_others()
    {
        using var scope = TensorScope.Begin();
        var logits = Tensor.Zeros([1, 19, 1, 1]);
        logits.RequiresGrad = true;

        new OhemCrossEntropy().Compute(
            [logits], new LossTarget(Tensor.From([(float)FaceLabels.SomeFacePart], 1, 1, 1, 1))).Total.Backward();

        var gradient = logits.Grad!.ToArray<float>();
        for (var i = 0; i < gradient.Length; i++)
            Assert.True(
                FaceLabels.FacePartClasses.Contains(i) ? gradient[i] < 0 : gradient[i] > 0,
                $"class {i}: {gradient[i]}");
    }
}

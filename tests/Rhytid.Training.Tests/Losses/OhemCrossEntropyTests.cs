using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;
using static Rhytid.Training.Tests.Losses.GoldenLosses;

namespace Rhytid.Training.Tests.Losses;

public sealed class OhemCrossEntropyTests
{
    public static TheoryData<string> HardPixels => Ids("ohem");

    [Theory]
    [MemberData(nameof(HardPixels))]
    public void Hard_pixels_are_those_of_face_parsing(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = Golden("ohem", id);
        var shape = golden.GetProperty("shape").Longs();
        var classes = new float[shape[0] * shape[2] * shape[3]];
        var favoured = new float[shape[0] * shape[1] * shape[2] * shape[3]];
        Each(shape, (i, y, x, place) =>
        {
            var kind = (i + (3 * x) + (5 * y)) % shape[1];
            classes[place] = kind;
            favoured[((((i * shape[1]) + kind) * shape[2]) + y) * shape[3] + x] = 1;
        });
        var right = Tensor.From(favoured, shape) * golden.GetProperty("strength").GetDouble();
        Tensor[] heads =
        [
            .. Enumerable.Range(0, 2)
                .Select(
                    head => (Tensor.From(GoldenFormula.Values($"ohem-{id}-{head}.input", shape), shape) * 3) + right)
        ];

        var loss = new OhemCrossEntropy().Compute(
            heads, new LossTarget(Tensor.From(classes, shape[0], 1, shape[2], shape[3]), Scored(golden, shape)));

        Assert.Equal(golden.GetProperty("loss").GetDouble(), loss.Total.ToDouble(), 1e-5);
    }

    // By hand: of 32 pixels at least two count. One has a loss of 1, all others are right beyond doubt.
    [Fact]
    public void As_many_pixels_count_as_must_and_no_more()
    {
        using var scope = TensorScope.Begin();
        var logits = new float[64];
        for (var i = 0; i < 32; i++)
            (logits[i], logits[32 + i]) = (500, 0);
        (logits[7], logits[39]) = ((float)-Math.Log(Math.E - 1), 0);

        var loss = new OhemCrossEntropy().Compute(
            [Tensor.From(logits, 1, 2, 4, 8)], new LossTarget(Tensor.Zeros([1, 1, 4, 8])));

        Assert.Equal(0.5, loss.Total.ToDouble(), 1e-5);
    }

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

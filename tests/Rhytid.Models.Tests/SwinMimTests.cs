using Rhytid.Torch;

namespace Rhytid.Models.Tests;

[Collection(ModelTests.OneAtATime)]
public sealed class SwinMimTests
{
    // SimMIM at stride 64: a 1x1 convolution from 768 to 64 * 64 * 3 = 12,288 channels; one learned token of 48
    // numbers.
    [Fact]
    public void The_head_has_the_specifications_parameters()
    {
        using var network = ModelCatalog.Create(
            "swin-mim", new ModelOptions { InChannels = 4, OutChannels = 3 }, initialize: false);
        long Count(string place) =>
            network.Parameters.Parameters.Where(entry => entry.Name.StartsWith(place, StringComparison.Ordinal))
                .Sum(entry => entry.Tensor.Count);

        Assert.Equal(9_449_472, Count("decoder."));
        Assert.Equal(48, Count("mask_token"));
    }

    [Fact]
    public void The_transformer_is_that_of_swin_unetr()
    {
        using var guesses = ModelCatalog.Create(
            "swin-mim", new ModelOptions { InChannels = 4, OutChannels = 3 }, initialize: false);
        using var finds = ModelCatalog.Create(
            "swin-unetr", new ModelOptions { InChannels = 3, OutChannels = 2 }, initialize: false);
        static List<string> Transformer(Network network) =>
            [.. network.Parameters.Entries.Where(entry => entry.Name.StartsWith("swinViT.", StringComparison.Ordinal))
                .Select(entry => $"{entry.Name} {string.Join('x', entry.Tensor.Shape)}")];

        Assert.NotEmpty(Transformer(finds));
        Assert.Equal(Transformer(finds), Transformer(guesses));
    }

    [Fact]
    public void What_is_hidden_does_not_reach_the_answer()
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(1);
        using var network = ModelCatalog.Create(
            "swin-mim", new ModelOptions { InChannels = 4, OutChannels = 3, Width = 6, Window = 4 });
        network.Parameters.Eval();
        using var mode = Autograd.NoGrad();
        var hidden = Tensor.Zeros([1, 1, 128, 128]);
        hidden[.., .., 32..64, 64..96].FillInPlace(1);
        var photo = (Tensor.Rand([1, 3, 128, 128]) * 2) - 1;
        float[] Answer(Tensor colours, Tensor where) =>
            network.Forward(Tensor.Cat([colours, where], 1)).ToArray<float>();
        var answer = Answer(photo, hidden);

        Assert.Equal(3 * 128 * 128, answer.Length);
        Assert.Equal(answer, Answer((photo * (1 - hidden)) + (Tensor.Rand([1, 3, 128, 128]) * hidden), hidden));
        // Any other change does.
        Assert.NotEqual(answer, Answer(photo, hidden.Flip(2)));
        Assert.NotEqual(answer, Answer(photo * ((hidden.Flip(2) * 0.5) + 1), hidden));
    }

    [Fact]
    public void The_token_learns()
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(1);
        using var network = ModelCatalog.Create(
            "swin-mim", new ModelOptions { InChannels = 4, OutChannels = 3, Width = 6, Window = 4 });
        network.Forward(Tensor.Ones([1, 4, 64, 64])).Sum().Backward();

        var token = network.Parameters.Parameters.Single(entry => entry.Name == "mask_token").Tensor;
        Assert.NotEqual(0, token.Grad!.Abs().Sum().ToDouble());
        Assert.InRange(token.Abs().Max().ToDouble(), 1e-4, 2);
    }
}

using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models.Tests;

/// <summary>What every architecture of the catalogue promises, at a small width.</summary>
[Collection(ModelTests.OneAtATime)]
public class ModelContractTests
{
    // Every architecture at a width that is fast; the rest is its default.
    private static readonly Dictionary<string, int> Widths = new()
    {
        ["unet"] = 4,
        ["unet-transpose"] = 4,
        ["swin-unetr"] = 6,
        ["swin-unetr-t"] = 6,
        ["swin-mim"] = 6,
        ["resnet50-unet"] = 8,
        ["resnet34-unet"] = 8,
        ["striped-wrinet"] = 4,
        ["wds-unet"] = 4,
        ["unetpp-resnext50"] = 16,
        ["unetpp-resnet50"] = 8,
        ["sandu-attunet"] = 8,
        ["sandu-unet"] = 8,
        ["bisenet"] = 8,
        ["resnet18-fine"] = 8,
    };

    private static readonly ModelOptions Options = new() { InChannels = 4, OutChannels = 2 };

    /// <summary>Every architecture, and its choices that change what is computed.</summary>
    public static TheoryData<string, string> Models
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var model in ModelCatalog.All)
            {
                data.Add(model.Id, "");
                foreach (var choice in
                    Enum.GetValues<ModelChoices>()
                        .Where(choice => choice > ModelChoices.Width && model.Choices.HasFlag(choice)))
                    data.Add(model.Id, choice.ToString());
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Logits_have_the_size_of_the_images_and_are_finite(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var network = Create(id, choice);
        var size = SizeOf(network);
        foreach (var (training, batch) in new[] { (false, 1), (false, 2), (true, 2), (true, 1) })
        {
            if (training)
                network.Parameters.Train();
            else
                network.Parameters.Eval();
            // Its global mean is one value per channel and image: nothing to normalise over in a batch of one.
            if (id == "bisenet" && training && batch == 1)
            {
                Assert.Contains(
                    "larger batch",
                    Assert.Throws<ArgumentException>(() => network.ForwardHeads(Images(1, size, size))).Message,
                    StringComparison.Ordinal);
                continue;
            }
            foreach (var head in network.ForwardHeads(Images(batch, size, size + network.SizeMultiple)))
                AssertLogits(head, batch, size, size + network.SizeMultiple);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Odd_sizes_are_handled_or_refused_with_the_size_to_pad_to(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var network = Create(id, choice);
        if (network.SizeMultiple == 1)
        {
            foreach (var (height, width) in new[] { (37, 50), (network.LeastSize, network.LeastSize + 1) })
                AssertLogits(network.Forward(Images(1, height, width)), 1, height, width);
            if (network.LeastSize > 1)
                Assert.Contains(
                    $"at least {network.LeastSize}", Refusal(network, Images(1, 64, network.LeastSize - 1)),
                    StringComparison.Ordinal);
        }
        else
        {
            var size = network.SizeMultiple;
            Assert.Contains(
                $"pad {size + 1}x{size} to {2 * size}x{size}", Refusal(network, Images(1, size + 1, size)),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Other_channel_counts_are_refused(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var network = Create(id, choice);
        Assert.Contains("(N, 4, H, W)", Refusal(network, Tensor.Zeros([1, 3, 64, 64])), StringComparison.Ordinal);
        Assert.Contains("(N, 4, H, W)", Refusal(network, Tensor.Zeros([4, 64, 64])), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_reach_every_parameter(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var network = Create(id, choice);
        network.Parameters.Train();
        // 128: at 64 the transformer's deepest map has one pixel, which instance normalisation makes zero whatever the
        // weights.
        var size = Math.Max(128, SizeOf(network));
        var loss = network.ForwardHeads(Images(2, size, size))
            .Select(head => (head * Pattern(head)).Mean())
            .Aggregate((sum, next) => sum + next);
        loss.Backward();
        var names = network.Parameters.Entries.Select(entry => entry.Name).ToHashSet();
        var silent =
            network.Parameters.Parameters.Where(
                entry => entry.Tensor.Grad is not { } gradient
                    || gradient.Abs().Max().ToDouble() is var largest && (double.IsNaN(largest)
                        || (largest == 0 && !IsTakenAwayAgain(entry.Name, names))));
        Assert.Empty(silent.Select(entry => entry.Name));
    }

    // The mean that batch normalisation subtracts has the bias of the convolution before it: its gradient is 0 but for
    // rounding, and on some processors exactly 0.
    private static bool IsTakenAwayAgain(string name, HashSet<string> names) =>
        name.EndsWith(".0.bias", StringComparison.Ordinal)
            && names.Contains(name[..^".0.bias".Length] + ".1.running_mean");

    [Theory]
    [MemberData(nameof(Models))]
    public void Evaluation_is_repeatable_and_sees_each_image_alone(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var network = Create(id, choice);
        var images = Images(2, SizeOf(network), SizeOf(network));
        var once = network.Forward(images).ToArray<float>();
        Assert.Equal(once, network.Forward(images).ToArray<float>());
        var alone =
            new[] { images[0..1], images[1..2] }.SelectMany(image => network.Forward(image).ToArray<float>()).ToArray();
        GoldenFolder.AssertClose(once, alone, 1e-5, "one image at a time");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Preparing_for_evaluation_changes_no_more_than_rounding(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var plain = Create(id, choice);
        var images = Images(2, SizeOf(plain), SizeOf(plain));
        var expected = plain.Forward(images).ToArray<float>();
        foreach (var (options, tolerance) in new[]
        {
            (new InferenceOptions(DType.Float32, ChannelsLast: true), 1e-4),
            (new InferenceOptions(DType.Float32, ChannelsLast: false), 1e-4),
            (new InferenceOptions(DType.BFloat16, ChannelsLast: true), 0.1), // 8 bits of significand through 50 layers
        })
        {
            using var prepared = Create(id, choice);
            prepared.Parameters.Optimize(options);
            var logits = prepared.Forward(images);
            Assert.Equal(DType.Float32, logits.DType);
            GoldenFolder.AssertClose(expected, logits.ToArray<float>(), tolerance, options.ToString());
            Assert.Throws<InvalidOperationException>(prepared.Parameters.Train);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Saved_and_loaded_it_computes_the_same(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var folder = new TemporaryFolder();
        using var network = Create(id, choice);
        var images = Images(1, SizeOf(network), SizeOf(network));
        var path = folder["model.safetensors"];
        new ModelFile(
            id, network, Preprocessing.Moon(Options.InChannels, masked: true),
            new Dictionary<string, string>()).Save(path);
        using var loaded = ModelFile.Load(path);
        Assert.Equal(network.Forward(images).ToArray<float>(), loaded.Network.Forward(images).ToArray<float>());
    }

    [Fact]
    public void Every_architecture_has_its_small_width_here() =>
        Assert.Equal(ModelCatalog.All.Select(model => model.Id).Order(), Widths.Keys.Order());

    [Theory]
    [InlineData("unetpp-resnext50", 24, "multiple of 16")]
    [InlineData("swin-unetr", 10, "multiple of 3")]
    [InlineData("unet", 0, "positive")]
    [InlineData("resnet18-fine", 6, "multiple of 4")]
    public void Widths_that_do_not_divide_are_refused(string id, int width, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<ArgumentException>(() => ModelCatalog.Create(id, new ModelOptions { Width = width })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(EncoderFreezing.None, 0)]
    [InlineData(EncoderFreezing.AllButLastTwo, 3)]
    [InlineData(EncoderFreezing.All, 5)]
    public void Freezing_stops_gradients_of_the_encoders_first_parts(EncoderFreezing parts, int frozen)
    {
        using var network = (SanduUnet)Create("sandu-attunet", "");
        string[] places = ["input_layer.", "encoder1.", "encoder2.", "encoder3.", "encoder4.", "att", "up", "outc"];
        network.FreezeEncoder(EncoderFreezing.All);
        network.FreezeEncoder(parts);
        foreach (var entry in network.Parameters.Parameters)
            Assert.Equal(
                Array.FindIndex(places, place => entry.Name.StartsWith(place, StringComparison.Ordinal)) >= frozen,
                entry.Tensor.RequiresGrad);
    }

    internal static Network Create(string id, string choice)
    {
        TorchRuntime.Seed(3);
        var options = Options with { Width = Widths[id] };
        var network = ModelCatalog.Create(id, choice switch
        {
            "" => options,
            nameof(ModelChoices.Depths) => options with { Depths = [2, 2, 6, 2] },
            // smaller than the maps: shifts and masks take part
            nameof(ModelChoices.Window) => options with { Window = 4 },
            nameof(ModelChoices.Gate) => options with { Gate = GateSignal.Decoder },
            nameof(ModelChoices.Bilinear) => options with { Bilinear = true },
            nameof(ModelChoices.DeepSupervision) => options with { DeepSupervision = true },
            _ => throw new ArgumentException($"the contract has no value for {choice}", nameof(choice)),
        });
        using var mode = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        // Statistics as after some training: at their start, normalisation is the identity and folding would prove
        // little.
        foreach (var entry in network.Parameters.Entries)
        {
            if (entry.Name.EndsWith("running_mean", StringComparison.Ordinal))
                entry.Tensor.CopyFrom(Tensor.Rand(entry.Tensor.Shape) * 0.2 - 0.1);
            else if (entry.Name.EndsWith("running_var", StringComparison.Ordinal))
                entry.Tensor.CopyFrom(Tensor.Rand(entry.Tensor.Shape) + 0.5);
        }
        return network;
    }

    private static int SizeOf(Network network) => Math.Max(64, network.SizeMultiple);

    private static Tensor Images(int batch, int height, int width) =>
        GoldenWeights.Input(batch, Options.InChannels, height, width);

    // Without a pattern, a loss over normalised maps can be blind to parts of the network.
    private static Tensor Pattern(Tensor head) =>
        Tensor.From(GoldenFormula.Values("pattern.input", head.Shape), head.Shape);

    private static string Refusal(Network network, Tensor images) =>
        Assert.Throws<ArgumentException>(() => network.Forward(images)).Message;

    private static void AssertLogits(Tensor logits, int batch, int height, int width)
    {
        Assert.Equal([batch, Options.OutChannels, height, width], logits.Shape);
        Assert.All(logits.ToArray<float>(), value => Assert.True(float.IsFinite(value)));
    }
}

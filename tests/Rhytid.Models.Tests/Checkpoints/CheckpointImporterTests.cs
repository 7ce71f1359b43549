using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests.Checkpoints;

[Collection(ModelTests.OneAtATime)]
public sealed class CheckpointImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("unet", 8, 1)]
    [InlineData("swin-unetr", 12, 3)]
    public void From_stage_1_to_stage_2_the_input_grows_and_the_output_starts_anew(
        string model, int width, int grownInputs)
    {
        using var scope = TensorScope.Begin();
        using var stage1 = ModelCatalog.Create(model, new ModelOptions { Width = width });
        using var stage2 = ModelCatalog.Create(
            model, new ModelOptions { Width = width, InChannels = 4, OutChannels = 2 });
        var report = Import(Save(stage1), stage2, ImportOptions.Stage2);

        Assert.Equal(grownInputs, report.Adapted.Count);
        // One output convolution: weight and bias.
        Assert.Equal(2, report.Reinitialized.Count);
        Assert.Single(report.Reinitialized.Select(name => name[..name.LastIndexOf('.')]).Distinct());
        Assert.Empty(report.Unused);
        Assert.Equal(
            stage2.Parameters.Entries.Count, report.Copied.Count + report.Adapted.Count + report.Reinitialized.Count);

        foreach (var adapted in report.Adapted)
        {
            // conv([x, t]) = old conv(x) + mean-slice conv(t)
            var old = stage1.Parameters.Find(adapted.Name)!.Tensor.Detach();
            var grown = stage2.Parameters.Find(adapted.Name)!.Tensor.Detach();
            var image = Tensor.Randn([1, 3, 32, 32]);
            var texture = Tensor.Randn([1, 1, 32, 32]);
            var mean = old.Mean([1], keepDimensions: true);
            var expected = image.Conv2d(old, null, 1, 0, 1) + texture.Conv2d(mean, null, 1, 0, 1);
            var result = Tensor.Cat([image, texture], dimension: 1).Conv2d(grown, null, 1, 0, 1);
            Assert.InRange((result - expected).Abs().Max().ToDouble(), 0, 1e-5);
            Assert.InRange((grown.Narrow(1, 3, 1) - mean).Abs().Max().ToDouble(), 0, 1e-6);
        }
    }

    [Fact]
    public void A_split_output_gives_the_same_probabilities()
    {
        using var scope = TensorScope.Begin();
        using var one = ModelCatalog.Create("unet", new ModelOptions { Width = 8 });
        using var two = ModelCatalog.Create("unet", new ModelOptions { Width = 8, OutChannels = 2 });
        Import(Save(one), two, new ImportOptions { OtherOutputChannels = HeadChange.Split });
        var image = Tensor.Randn([1, 3, 32, 32]);
        var logit = one.Forward(image);
        var logits = two.Forward(image);
        Assert.True(logits.Narrow(1, 1, 1).AllClose(logit, 1e-4, 1e-5));
        Assert.True(logits.Narrow(1, 0, 1).AllClose(-logit, 1e-4, 1e-5));
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name_and_leaves_the_network_as_it_was()
    {
        using var scope = TensorScope.Begin();
        using var source = ModelCatalog.Create("unet", new ModelOptions { Width = 8 });
        using var target = ModelCatalog.Create("unet", new ModelOptions { Width = 8, OutChannels = 2 });
        var before = target.Parameters.Entries.First().Tensor.ToArray<float>();
        var error = Assert.Throws<CheckpointException>(() => Import(Save(source), target, ImportOptions.Exact));
        Assert.Contains("outc.conv.weight is (1, 8, 1, 1) in the file, (2, 8, 1, 1) in the network", error.Message);
        Assert.Equal(before, target.Parameters.Entries.First().Tensor.ToArray<float>());
    }

    [Fact]
    public void Missing_and_left_over_tensors_are_refused_unless_allowed()
    {
        using var scope = TensorScope.Begin();
        using var source = ModelCatalog.Create("unet", new ModelOptions { Width = 8 });
        using var target = ModelCatalog.Create("unet", new ModelOptions { Width = 8 });
        var tensors = source.Parameters.Entries.Select(entry => entry.Tensor.ToStored(entry.Name)).ToList();
        var without = tensors.Where(tensor => tensor.Name != "inc.double_conv.0.weight");
        Assert.Contains(
            "inc.double_conv.0.weight is not in the file",
            Assert.Throws<CheckpointException>(() => Import(Write(without), target)).Message);

        var more = tensors.Append(Tensor.Ones([3]).ToStored("classifier.bias"));
        Assert.Contains(
            "classifier.bias is not in the network",
            Assert.Throws<CheckpointException>(() => Import(Write(more), target)).Message);
        Assert.Equal(["classifier.bias"], Import(Write(more), target, new ImportOptions { AllowUnused = true }).Unused);

        // Counters that PyTorch before 0.4.1 did not save.
        var old = tensors.Where(tensor => !tensor.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        Assert.Equal(18, Import(Write(old), target).Kept.Count);
    }

    [Theory]
    [InlineData("model.")]
    [InlineData("module.")]
    [InlineData("model_state_dict.module.")]
    [InlineData("")]
    public void Wrappers_around_the_names_are_stripped(string wrapper)
    {
        using var scope = TensorScope.Begin();
        using var source = ModelCatalog.Create("unet", new ModelOptions { Width = 8 });
        using var target = ModelCatalog.Create("unet", new ModelOptions { Width = 8 }, initialize: false);
        var tensors = source.Parameters.Entries.Select(entry => entry.Tensor.ToStored(wrapper + entry.Name));
        if (wrapper.Length > 0)
            tensors = tensors.Append(Tensor.Ones([3]).ToStored("optimizer.state.0.exp_avg"));
        Import(Write(tensors), target);
        var image = Tensor.Randn([1, 3, 32, 32]);
        Assert.Equal(source.Forward(image).ToArray<float>(), target.Forward(image).ToArray<float>());
    }

    [Fact]
    public void An_encoder_alone_can_be_taken_over()
    {
        using var scope = TensorScope.Begin();
        using var source = ModelCatalog.Create("resnet34-unet");
        using var target = ModelCatalog.Create("resnet34-unet", new ModelOptions { OutChannels = 2 });
        // As image classifiers are saved: no "encoder." before the names, and a last layer that nobody needs here.
        var tensors =
            source.Parameters.Entries.Where(entry => entry.Name.StartsWith("encoder.", StringComparison.Ordinal))
                .Select(entry => entry.Tensor.ToStored(entry.Name["encoder.".Length..]))
                .Append(Tensor.Ones([1000]).ToStored("fc.bias"));
        var report = Import(Write(tensors), target, new ImportOptions { Into = "encoder", AllowUnused = true });
        Assert.Equal(["fc.bias"], report.Unused);
        Assert.All(report.Kept, name => Assert.DoesNotContain("encoder.", name));
        Assert.Equal(
            source.Parameters.Find("encoder.layer4.2.conv2.weight")!.Tensor.ToArray<float>(),
            target.Parameters.Find("encoder.layer4.2.conv2.weight")!.Tensor.ToArray<float>());
        Assert.Contains("decoder.* (", report.ToString());
    }

    private string Save(Network network) =>
        Write(network.Parameters.Entries.Select(entry => entry.Tensor.ToStored(entry.Name)));

    private string Write(IEnumerable<StoredTensor> tensors)
    {
        var path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        SafetensorsWriter.Write(path, tensors);
        return path;
    }

    private static LoadReport Import(string path, Network network, ImportOptions? options = null)
    {
        using var file = CheckpointFile.Open(path);
        return CheckpointImporter.Import(file, path, network, options);
    }
}

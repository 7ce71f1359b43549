using System.Buffers.Binary;
using Rhytid.Tests.Shared;
using Rhytid.Tests.Shared.Tflite;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Torch.Tests.Serialization.Tflite;

public sealed class TfliteReaderTests
{
    [Fact]
    public void A_model_comes_back_as_it_was_built()
    {
        var model = TfliteModel.Parse(TfliteBuilder.OfEveryOperator());

        Assert.Equal("made for a test", model.Description);
        Assert.Equal(
            ["CONV_2D", "DEPTHWISE_CONV_2D", "PRELU", "ADD", "MAX_POOL_2D", "PAD"],
            model.Operators.Select(step => step.Name));
        Assert.Equal([1, 5, 5, 2], model.Tensors[model.Inputs[0]].Shape);
        Assert.Equal([1, 2, 2, 4], model.Tensors[model.Outputs[0]].Shape);
        var conv = model.Operators[0].Options;
        Assert.Equal(
            (TflitePadding.Same, 2, 2, 1, TfliteActivation.Relu),
            (conv.Padding, conv.StrideWidth, conv.StrideHeight, conv.DilationWidth, conv.Activation));
        var bias = model.Tensors[model.Operators[0].Inputs[2]];
        Assert.Equal((DType.Float32, true), (bias.Type, bias.IsConstant));
        Assert.Equal(0.5f, BinaryPrimitives.ReadSingleLittleEndian(bias.Data!.Value.Span));
        Assert.False(model.Tensors[model.Inputs[0]].IsConstant);
    }

    [Fact]
    public void Every_shorter_file_is_refused_or_sound()
    {
        var sound = TfliteBuilder.OfEveryOperator();
        for (var length = 0; length < sound.Length; length++)
            AssertRefusedOrSound(sound[..length]);
        Assert.Throws<TfliteException>(() => TfliteModel.Parse(sound.AsMemory(0, sound.Length / 2)));
    }

    [Fact]
    public void Every_number_of_a_file_may_be_wild()
    {
        var sound = TfliteBuilder.OfEveryOperator();
        foreach (var value in new[] { -1, int.MaxValue, int.MinValue, 0, 1, sound.Length, sound.Length - 1, 1 << 20 })
            for (var at = 0; at + 4 <= sound.Length; at += 2)
            {
                var damaged = (byte[])sound.Clone();
                BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(at), value);
                AssertRefusedOrSound(damaged);
            }
    }

    [Theory]
    [InlineData("", "not a TFLite model")]
    [InlineData("these are notes and no model", "not a TFLite model")]
    public void Other_files_are_told_apart(string content, string expected)
    {
        var error =
            Assert.Throws<TfliteException>(
                () => TfliteModel.Parse(System.Text.Encoding.ASCII.GetBytes(content), "notes.tflite"));

        Assert.StartsWith($"notes.tflite: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_a_missing_file_and_a_folder_get_one_line()
    {
        var old = new TfliteBuilder { Version = 2 };
        var input = old.Value(1, 1, 1, 1);
        Assert.Contains(
            "version 2", Assert.Throws<TfliteException>(() => TfliteModel.Parse(old.Build(input, input))).Message,
            StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        Assert.Contains(
            "no such file", Assert.Throws<FileNotFoundException>(() => TfliteModel.Load(folder["none.tflite"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "folder", Assert.Throws<TfliteException>(() => TfliteModel.Load(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_has_exactly_the_bytes_that_its_shape_needs()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 1, 1);
        model.Constant([1f, 2f, 3f], 2, 2);

        var error = Assert.Throws<TfliteException>(() => TfliteModel.Parse(model.Build(input, input)));

        Assert.Equal("model: tensor 'tensor1' needs 16 bytes, but its buffer has 12", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1 << 25)]
    public void Sizes_are_positive_and_limited(int size)
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, size, 1, 1);

        Assert.Throws<TfliteException>(() => TfliteModel.Parse(model.Build(input, input)));
    }

    [Fact]
    public void Numbers_of_tensors_must_exist()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 1, 1);

        Assert.Contains(
            "there is no tensor 7",
            Assert.Throws<TfliteException>(() => TfliteModel.Parse(model.Build(7, input))).Message,
            StringComparison.Ordinal);
        model.Operator(TfliteBuilder.Logistic, [99], input);
        Assert.Contains(
            "there is no tensor 99",
            Assert.Throws<TfliteException>(() => TfliteModel.Parse(model.Build(input, input))).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_face_mesh_file_cut_off_anywhere_is_refused()
    {
        var file = File.ReadAllBytes(Repository.SharedWeights("mediapipe_face_landmark_468.tflite"));
        var whole = TfliteModel.Parse(file);
        Assert.Equal(97, whole.Operators.Count);
        Assert.All(
            whole.Tensors.Where(tensor => tensor.IsConstant),
            tensor => Assert.True(tensor.Type is DType.Float32 or DType.Int32));

        for (var length = 0; length < file.Length; length += 997)
            Assert.Throws<TfliteException>(() => TfliteModel.Parse(file.AsMemory(0, length)));
    }

    private static void AssertRefusedOrSound(byte[] file)
    {
        try
        {
            TfliteModel.Parse(file);
        }
        catch (TfliteException error)
        {
            Assert.DoesNotContain('\n', error.Message);
        }
    }
}

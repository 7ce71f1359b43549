using Rhytid.Models.Tflite;
using Rhytid.Tests.Shared;
using Rhytid.Tests.Shared.Tflite;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tests.Tflite;

/// <summary>Each operator against sums done by hand on small images.</summary>
public sealed class TfliteNetworkTests
{
    private const byte Same = 0, Valid = 1;
    private static readonly float[] OneToSixteen = [.. Enumerable.Range(1, 16).Select(i => (float)i)];

    [Fact]
    public void Same_padding_of_stride_2_has_its_odd_pixel_at_the_end()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 4, 4, 1);
        var output = model.AddConv(
            input, model.Constant(Ones(9), 1, 3, 3, 1), model.Constant([0f], 1), model.Value(1, 2, 2, 1), Same,
            stride: 2);

        // Rows 0-2 and 2-4 of which 4 is padding: not -1 to 1, as symmetric padding would have it.
        Assert.Equal(
            [1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11, 3 + 4 + 7 + 8 + 11
                + 12, 9 + 10 + 11 + 13 + 14 + 15, 11 + 12 + 15 + 16],
            Run(model, input, output, OneToSixteen));
    }

    [Fact]
    public void Same_padding_of_an_odd_size_is_even()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 3, 3, 1);
        var output = model.AddConv(
            input, model.Constant(Ones(9), 1, 3, 3, 1), model.Constant([100f], 1), model.Value(1, 2, 2, 1), Same,
            stride: 2);

        Assert.Equal([112, 116, 124, 128], Run(model, input, output, [1, 2, 3, 4, 5, 6, 7, 8, 9]));
    }

    [Fact]
    public void Valid_padding_keeps_to_the_inside_and_weights_are_rows_columns_channels()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 2, 2, 2);
        var weights = new float[] { 1, 10, 100, 1000, 0.1f, 0.01f, 2, 20 };
        var output = model.AddConv(
            input, model.Constant(weights, 1, 2, 2, 2), model.Constant([0f], 1), model.Value(1, 1, 1, 1), Valid,
            stride: 1);

        // Pixels (0,0), (0,1), (1,0), (1,1), each channel 0 and 1.
        Assert.Equal(
            1 + 20 + 300 + 4000 + 0.5 + 0.06 + 14 + 160, Run(model, input, output, [1, 2, 3, 4, 5, 6, 7, 8])[0],
            precision: 3);
    }

    [Fact]
    public void Dilation_spreads_the_window()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 4, 4, 1);
        var output = model.AddConv(
            input, model.Constant(Ones(4), 1, 2, 2, 1), model.Constant([0f], 1), model.Value(1, 2, 2, 1), Valid,
            stride: 1, dilation: 2);

        Assert.Equal(
            [1 + 3 + 9 + 11, 2 + 4 + 10 + 12, 5 + 7 + 13 + 15, 6 + 8 + 14 + 16],
            Run(model, input, output, OneToSixteen));
    }

    [Theory]
    [InlineData(0, -7f, 7f)]
    [InlineData(1, 0f, 7f)]
    [InlineData(2, -1f, 1f)]
    [InlineData(3, 0f, 6f)]
    [InlineData(4, -0.99999834f, 0.99999834f)]
    public void Activations_are_applied(int activation, float low, float high)
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 1);
        var output = model.AddConv(
            input, model.Constant([1f], 1, 1, 1, 1), model.Constant([0f], 1), model.Value(1, 1, 2, 1), Same, stride: 1,
            (byte)activation);

        var values = Run(model, input, output, [-7, 7]);

        Assert.Equal(low, values[0], 1e-6f);
        Assert.Equal(high, values[1], 1e-6f);
    }

    [Fact]
    public void Depthwise_channels_do_not_mix_and_may_multiply()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 2);
        // Window of 1 x 2; outputs of channel 0 first: two each.
        var weights = new float[] { 1, 10, 100, 1000, 2, 20, 200, 2000 };
        var output = model.AddDepthwise(
            input, model.Constant(weights, 1, 1, 2, 4), model.Constant([0f, 0, 0, 0.5f], 4), model.Value(1, 1, 1, 4),
            Valid, stride: 1, multiplier: 2);

        Assert.Equal(
            [1 + (3 * 2), 10 + (3 * 20), (2 * 100) + (4 * 200), (2 * 1000) + (4 * 2000) + 0.5f],
            Run(model, input, output, [1, 2, 3, 4]));
    }

    [Fact]
    public void Prelu_has_a_slope_for_each_channel()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 2);
        var output = model.Operator(
            TfliteBuilder.Prelu, [input, model.Constant([0.5f, 0.25f], 1, 1, 2)], model.Value(1, 1, 2, 2));

        Assert.Equal([-0.5f, 2, 3, -1], Run(model, input, output, [-1, 2, 3, -4]));
    }

    [Fact]
    public void Padding_never_wins_in_max_pooling()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 3, 3, 1);
        var output = model.AddMaxPool(input, model.Value(1, 2, 2, 1), Same, stride: 2, filter: 2);

        Assert.Equal([-1, -3, -7, -9], Run(model, input, output, [-1, -2, -3, -4, -5, -6, -7, -8, -9]));
    }

    [Fact]
    public void Pad_adds_zeros_around_pixels_and_channels()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 1);
        var output = model.Operator(
            TfliteBuilder.Pad, [input, model.Constant([0, 0, 1, 0, 0, 1, 0, 2], 4, 2)], model.Value(1, 2, 3, 3));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 6, 0, 0, 0, 0, 0], Run(model, input, output, [5, 6]));
    }

    [Fact]
    public void A_value_may_be_used_twice()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 1);
        var doubled = model.AddAddition(input, input, model.Value(1, 1, 2, 1));
        var output = model.AddAddition(doubled, input, model.Value(1, 1, 2, 1), activation: 3);

        Assert.Equal([3, 6], Run(model, input, output, [1, 5]));
    }

    [Fact]
    public void Many_threads_get_the_same_values()
    {
        using var network = TfliteNetwork.FromModel(TfliteModel.Parse(TfliteBuilder.OfEveryOperator()));
        var input = TfliteBuilder.Ramp(50);
        var expected = network.Run(input)[0];

        Assert.Equal(16, expected.Length);
        Assert.Contains(expected, value => value != 0);
        Parallel.For(0, 64, _ => Assert.Equal(expected, network.Run(input)[0]));
    }

    [Fact]
    public void Another_number_of_values_is_refused()
    {
        using var network = TfliteNetwork.FromModel(TfliteModel.Parse(TfliteBuilder.OfEveryOperator()));

        Assert.Contains(
            "1 x 5 x 5 x 2", Assert.Throws<ArgumentException>(() => network.Run(new float[49])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_operator_that_is_not_supported_is_named()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 1);
        var output = model.Operator(TfliteBuilder.Logistic, [input], model.Value(1, 1, 2, 1));

        Assert.Contains(
            "the operator LOGISTIC is not supported", Refusal(model, input, output), StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_together_are_refused()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 4, 4, 1);
        var output = model.AddConv(
            input, model.Constant(Ones(9), 1, 3, 3, 1), model.Constant([0f], 1), model.Value(1, 3, 2, 1), Same,
            stride: 2);

        Assert.Contains(
            "gives 1 x 2 x 2 x 1 values, but the file says 1 x 3 x 2 x 1", Refusal(model, input, output),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Values_come_before_they_are_used()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 2, 1);
        var later = model.Value(1, 1, 2, 1);
        var output = model.AddAddition(input, later, model.Value(1, 1, 2, 1));
        model.AddAddition(input, input, later);

        Assert.Contains("nothing before it gives", Refusal(model, input, output), StringComparison.Ordinal);
    }

    [Fact]
    public void A_small_file_cannot_ask_for_much_memory()
    {
        var model = new TfliteBuilder();
        var input = model.Value(1, 1, 1, 16);
        var output = model.AddMaxPool(input, model.Value(1, 1, 1, 16), Same, stride: 1, filter: 32_000);

        Assert.Contains("more memory", Refusal(model, input, output), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_face_mesh_network_runs()
    {
        using var network = TfliteNetwork.Load(Repository.SharedWeights("mediapipe_face_landmark_468.tflite"));

        Assert.Equal([1, 192, 192, 3], network.InputShape);
        Assert.Equal([1404, 1], network.OutputShapes.Select(shape => shape.Aggregate((a, b) => a * b)));
        Assert.True(network.Run(new float[192 * 192 * 3])[1][0] < 0, "a black picture is no face");
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static float[] Run(TfliteBuilder model, int input, int output, float[] values)
    {
        using var network = TfliteNetwork.FromModel(TfliteModel.Parse(model.Build(input, output)));
        return Assert.Single(network.Run(values));
    }

    private static string Refusal(TfliteBuilder model, int input, int output) =>
        Assert.Throws<TfliteException>(
            () => TfliteNetwork.FromModel(TfliteModel.Parse(model.Build(input, output), "test.tflite"))).Message;
}

using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>Every layer function gives what PyTorch gives (tests/Golden/layers).</summary>
public class LayerGoldenTests
{
    public static TheoryData<string> Convolutions => GoldenLayers.Ids("convolutions");

    public static TheoryData<string> Norms => GoldenLayers.Ids("norms");

    public static TheoryData<string> Activations => GoldenLayers.Ids("activations");

    public static TheoryData<string> Pooling => GoldenLayers.Ids("pooling");

    public static TheoryData<string> Interpolation => GoldenLayers.Ids("interpolation");

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Convolutions_are_those_of_PyTorch(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = GoldenLayers.Find("convolutions", id);
        var (input, weight, bias) = (golden.Input("input"), golden.Input("weight"), golden.TryInput("bias"));
        if (golden.Operation == "linear")
        {
            golden.AssertExpected("output", input.Linear(weight, bias));
            return;
        }
        var groups = (int)golden.Number("groups");
        golden.AssertExpected("output", golden.Operation switch
        {
            "conv2d" =>
                input.Conv2d(
                    weight, bias, Pair(golden, "stride"), Pair(golden, "padding"), Pair(golden, "dilation"), groups),
            "conv_transpose2d" when groups == 1 =>
                input.ConvTranspose2d(
                    weight, bias, Pair(golden, "stride"), Pair(golden, "padding"), Pair(golden, "output_padding")),
            // The layers here need no groups in transposed convolutions.
            "conv_transpose2d" =>
                Ops.ConvTranspose2d.Call(
                    input, weight, bias, Pair(golden, "stride"), Pair(golden, "padding"),
                    Pair(golden, "output_padding"), groups),
            _ => throw new NotSupportedException(golden.Operation),
        });
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Norms_are_those_of_PyTorch(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = GoldenLayers.Find("norms", id);
        var (input, weight, bias) = (golden.Input("input"), golden.TryInput("weight"), golden.TryInput("bias"));
        switch (golden.Operation)
        {
            case "batch_norm":
                var (mean, variance) = (golden.Input("running_mean"), golden.Input("running_var"));
                golden.AssertExpected(
                    "output", input.BatchNorm(weight, bias, mean, variance, golden.Text("mode") == "train"));
                golden.AssertExpected("running_mean", mean);
                golden.AssertExpected("running_var", variance);
                break;
            case "instance_norm":
                golden.AssertExpected("output", input.InstanceNorm(weight, bias, golden.Number("eps")));
                break;
            case "layer_norm":
                golden.AssertExpected(
                    "output", input.LayerNorm(golden.Integers("normalized_shape"), weight, bias, golden.Number("eps")));
                break;
            default:
                throw new NotSupportedException(golden.Operation);
        }
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_are_those_of_PyTorch(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = GoldenLayers.Find("activations", id);
        var input = golden.Input("input") * golden.Number("scale");
        golden.AssertExpected("output", golden.Operation switch
        {
            "relu" => input.Relu(),
            "gelu" => input.Gelu(),
            "sigmoid" => input.Sigmoid(),
            "tanh" => input.Tanh(),
            "leaky_relu" => input.LeakyRelu(golden.Number("negative_slope")),
            "prelu" => input.PRelu(golden.Input("weight")),
            "softmax" => input.Softmax((int)golden.Number("dim")),
            "log_softmax" => input.LogSoftmax((int)golden.Number("dim")),
            _ => Operator.Get($"aten::{golden.Operation}").Call(input),
        });
    }

    [Theory]
    [MemberData(nameof(Pooling))]
    public void Pooling_and_padding_are_those_of_PyTorch(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = GoldenLayers.Find("pooling", id);
        var input = golden.Input("input");
        golden.AssertExpected("output", golden.Operation switch
        {
            "max_pool2d" => input.MaxPool2d(Pair(golden, "kernel"), Pair(golden, "stride"), Pair(golden, "padding")),
            "avg_pool2d" => input.AvgPool2d(Pair(golden, "kernel"), Pair(golden, "stride"), Pair(golden, "padding")),
            "adaptive_avg_pool2d" => input.AdaptiveAvgPool2d(Pair(golden, "size")),
            "adaptive_max_pool2d" => Operator.Get("aten::adaptive_max_pool2d").Call(input, golden.Integers("size")),
            "pad" => Pad(input, golden.Text("mode"), golden.Integers("left_right_top_bottom")),
            _ => throw new NotSupportedException(golden.Operation),
        });
    }

    [Theory]
    [MemberData(nameof(Interpolation))]
    public void Interpolation_is_that_of_PyTorch(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = GoldenLayers.Find("interpolation", id);
        var input = golden.Input("input");
        var corners = golden.Flag("align_corners");
        if (golden.Text("mode") == "area")
        {
            // PyTorch computes it as adaptive average pooling.
            golden.AssertExpected("output", input.AdaptiveAvgPool2d(Pair(golden, "size")));
            return;
        }
        var mode = Enum.Parse<InterpolationMode>(golden.Text("mode"), ignoreCase: true);
        golden.AssertExpected("output", golden.Has("size")
            ? input.Interpolate(Pair(golden, "size"), mode, corners)
            : input.Upsample((int)golden.Number("scale_factor"), mode, corners));
    }

    private static Tensor Pad(Tensor input, string mode, long[] widths) => mode switch
    {
        "constant" => input.Pad(widths),
        "reflect" => input.PadReflect(widths[0], widths[1], widths[2], widths[3]),
        _ => Operator.Get("aten::replication_pad2d").Call(input, widths),
    };

    private static Size2 Pair(GoldenLayer golden, string option) =>
        new(golden.Integers(option)[0], golden.Integers(option)[1]);
}

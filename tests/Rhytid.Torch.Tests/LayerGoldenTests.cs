using System.Text.Json;
using Rhytid.Tests.Shared;
using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>Single operators against PyTorch's results, for inputs that a formula makes.</summary>
public class LayerGoldenTests
{
    private static readonly string[] Families = ["convolutions", "norms", "activations", "pooling", "interpolation"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var family in Families)
                foreach (var golden in GoldenFolder.Json("layers", $"{family}.json").GetProperty("cases").EnumerateArray())
                    data.Add(family, golden.GetProperty("id").GetString()!);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Computes_what_PyTorch_computes(string family, string id)
    {
        using var scope = TensorScope.Begin();
        var file = GoldenFolder.Json("layers", $"{family}.json");
        var golden = file.GetProperty("cases").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id);
        var inputs = golden.GetProperty("inputs").EnumerateObject().ToDictionary(role => role.Name, role => Input(role.Value));
        var options = golden.GetProperty("options");
        if (options.Get("scale") is { } scale)
            inputs["input"] = inputs["input"] * scale.GetDouble();

        var output = Compute(golden.GetProperty("op").GetString()!, inputs, options);

        foreach (var expected in golden.GetProperty("expected").EnumerateObject())
        {
            var actual = expected.Name == "output" ? output : inputs[expected.Name];
            Assert.Equal(expected.Value.GetProperty("shape").Longs(), actual.Shape);
            float[] values = [.. expected.Value.GetProperty("values").EnumerateArray().Select(value => value.GetSingle())];
            GoldenFolder.AssertClose(values, actual.ToArray<float>(), file.GetProperty("tolerance").GetDouble(), $"{id} {expected.Name}");
        }
    }

    private static Tensor Compute(string op, Dictionary<string, Tensor> inputs, JsonElement options)
    {
        var input = inputs["input"];
        var (weight, bias) = (inputs.GetValueOrDefault("weight"), inputs.GetValueOrDefault("bias"));
        Size2 Pair(string name) => options.GetProperty(name) is { ValueKind: JsonValueKind.Array } pair ? new Size2(pair[0].GetInt64(), pair[1].GetInt64()) : options.GetProperty(name).GetInt32();
        double Number(string name) => options.GetProperty(name).GetDouble();
        switch (op)
        {
            case "conv2d":
                return input.Conv2d(weight!, bias, Pair("stride"), Pair("padding"), Pair("dilation"), (int)Number("groups"));
            case "conv_transpose2d":
                return Operator.Get("aten::conv_transpose2d.input").Call(input, weight, bias, Pair("stride"), Pair("padding"), Pair("output_padding"), (long)Number("groups"));
            case "linear":
                return input.Linear(weight!, bias);
            case "batch_norm":
                var isTraining = options.GetProperty("mode").GetString() == "train";
                return input.BatchNorm(weight, bias, inputs["running_mean"], inputs["running_var"], isTraining, Number("momentum"), Number("eps"));
            case "instance_norm":
                return input.InstanceNorm(weight, bias, Number("eps"));
            case "layer_norm":
                return input.LayerNorm(options.GetProperty("normalized_shape").Longs(), weight, bias, Number("eps"));
            case "relu":
                return input.Relu();
            case "gelu":
                return input.Gelu();
            case "sigmoid":
                return input.Sigmoid();
            case "tanh":
                return input.Tanh();
            case "leaky_relu":
                return input.LeakyRelu(Number("negative_slope"));
            case "prelu":
                return input.PRelu(weight!);
            case "softmax":
                return input.Softmax((int)Number("dim"));
            case "log_softmax":
                return input.LogSoftmax((int)Number("dim"));
            case "max_pool2d":
                return input.MaxPool2d(Pair("kernel"), Pair("stride"), Pair("padding"));
            case "avg_pool2d":
                return input.AvgPool2d(Pair("kernel"), Pair("stride"), Pair("padding"));
            case "adaptive_avg_pool2d":
                return input.AdaptiveAvgPool2d(Pair("size"));
            case "pad":
                var (left, right, top, bottom) = options.GetProperty("left_right_top_bottom").Longs() is [var l, var r, var t, var b] ? (l, r, t, b) : default;
                return options.GetProperty("mode").GetString() switch
                {
                    "reflect" => input.PadReflect(left, right, top, bottom),
                    "constant" => input.Pad([left, right, top, bottom]),
                    _ => Operator.Get("aten::replication_pad2d").Call(input, new[] { left, right, top, bottom }),
                };
            case "interpolate":
                var size = options.Get("size") is null ? input.ImageSize() * (int)Number("scale_factor") : Pair("size");
                var corners = options.GetProperty("align_corners") is { ValueKind: JsonValueKind.True };
                return options.GetProperty("mode").GetString() == "area"
                    ? input.AdaptiveAvgPool2d(size)
                    : input.Interpolate(size, Enum.Parse<InterpolationMode>(options.GetProperty("mode").GetString()!, ignoreCase: true), corners);
            // Nobody needs these yet; the table of operators has them all the same.
            case "softplus":
                return Operator.Get("aten::softplus").Call(input);
            case "adaptive_max_pool2d":
                return Operator.Get("aten::adaptive_max_pool2d").Call(input, Pair("size"));
            default:
                throw new ArgumentException($"the test does not know the operator {op}", nameof(op));
        }
    }

    private static Tensor Input(JsonElement described)
    {
        var shape = described.GetProperty("shape").Longs();
        return Tensor.From(GoldenFormula.Values(described.GetProperty("name").GetString()!, shape), shape);
    }
}

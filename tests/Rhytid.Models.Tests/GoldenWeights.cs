using System.Text.Json;
using Rhytid.Tests.Shared;
using Rhytid.Torch;

namespace Rhytid.Models.Tests;

/// <summary>Networks with the formula's weights, as tests/Golden describes them.</summary>
internal static class GoldenWeights
{
    /// <summary>The network of a case or of a row of counts: members model, options, in, out.</summary>
    public static Network Build(JsonElement golden, int? inChannels = null, int? outChannels = null)
    {
        var (id, options) = OptionsOf(golden.GetProperty("model").GetString()!, golden.Get("options"));
        return ModelCatalog.Create(
            id,
            options with
            {
                InChannels = inChannels ?? golden.GetProperty("in").GetInt32(),
                OutChannels = outChannels ?? golden.GetProperty("out").GetInt32(),
            },
            initialize: false);
    }

    /// <summary>What the catalogue calls a model of tests/Golden.</summary>
    public static (string Id, ModelOptions Options) OptionsOf(string model, JsonElement? options) =>
        (model == "swin-unetr-t-true" ? "swin-unetr-t" : model, new ModelOptions
        {
            Width = options?.Get("width")?.GetInt32(),
            Window = options?.Get("window")?.GetInt32(),
            Depths = model == "swin-unetr-t-true" ? [2, 2, 6, 2] : null,
            Bilinear = options?.Get("bilinear")?.GetBoolean(),
            Gate = options?.Get("gate")?.GetString() is { } gate
                ? Enum.Parse<GateSignal>(gate, ignoreCase: true)
                : null,
        });

    /// <summary>Sets every parameter and running statistic; index tables stay as they were computed.</summary>
    public static void Fill(Network network)
    {
        foreach (var entry in network.Parameters.Entries.Where(entry => entry.Tensor.DType == DType.Float32))
            GoldenFormula.Values(entry.Name, entry.Tensor.Shape).CopyTo(entry.Tensor.AsSpan<float>());
    }

    public static Tensor Input(params long[] shape) => Tensor.From(GoldenFormula.Values("input", shape), shape);
}

namespace Rhytid.Models;

/// <summary>
/// One model whose number of parameters is known to the last digit, beside what was published about it.
/// </summary>
/// <param name="Id">The architecture.</param>
/// <param name="Options">Channels and choices.</param>
/// <param name="All">Number of parameters.</param>
/// <param name="Leaf">The same without what hangs on modules that have modules of their own: position tables, as
/// layer-wise counting tools leave them out.</param>
public sealed record PublishedCount(string Id, ModelOptions Options, long All, long Leaf)
{
    /// <summary>The published figure, as printed, or null where none was given.</summary>
    public string? Published { get; init; }

    /// <summary>Whether the published figure is this count, rounded; null where none was given.</summary>
    public bool? Matches { get; init; }

    /// <summary>What else there is to say, or empty.</summary>
    public string Note { get; init; } = "";
}

/// <summary>
/// The table of parameter counts: every model that the publications count, and what this code counts.
/// </summary>
public static class PublishedCounts
{
    private const string WithoutTables = "without position tables";

    /// <summary>All rows, by architecture.</summary>
    public static IReadOnlyList<PublishedCount> All { get; } =
    [
        Row("unet", 3, 1, 17_262_977) with { Published = "17.263M", Matches = true },
        Row("unet", 3, 2, 17_263_042) with
        {
            Published = "17.263M",
            Matches = true,
            Note = "no pre-training; denoising"
        },
        Row("unet", 4, 2, 17_263_618) with { Published = "17.264M", Matches = true, Note = "texture map" },
        Row("unet", 4, 1, 17_263_553),
        Row("unet", 3, 3, 17_263_107) with { Note = "pre-training by denoising" },
        Row("unet-transpose", 3, 2, 31_037_698) with
        {
            Published = "17.263M",
            Matches = false,
            Note = "not the variant that was used"
        },
        Row("swin-unetr", 3, 1, 25_239_931, 25_153_441),
        Row("swin-unetr", 3, 2, 25_239_980, 25_153_490) with
        {
            Published = "25.153M",
            Matches = true,
            Note = WithoutTables
        },
        Row("swin-unetr", 4, 2, 25_241_228, 25_154_738) with
        {
            Published = "25.155M",
            Matches = true,
            Note = WithoutTables
        },
        Row("swin-unetr-t", 3, 2, 100_572_428, 100_557_218, o => o with { Window = 7 }) with
        {
            Published = "100.56M",
            Matches = true,
            Note = WithoutTables
        },
        Row("swin-unetr-t", 3, 2, 100_643_708, 100_557_218) with
        {
            Published = "100.56M",
            Matches = true,
            Note = WithoutTables
        },
        Row("swin-unetr-t", 3, 2, 107_678_396, 107_655_074, o => o with { Window = 7, Depths = [2, 2, 6, 2] }) with
        {
            Published = "100.56M",
            Matches = false,
            Note = "the depths of Swin-T itself"
        },
        Row("resnet50-unet", 3, 1, 32_521_105) with { Published = "32.521M", Matches = true },
        Row("resnet50-unet", 3, 2, 32_521_250) with { Published = "32.521M", Matches = true },
        Row("resnet34-unet", 3, 1, 24_436_369) with { Note = "public demo" },
        Row("striped-wrinet", 3, 1, 6_222_505) with { Published = "6.223M", Matches = true },
        Row("striped-wrinet", 3, 2, 6_222_530) with { Published = "6.223M", Matches = true },
        Row("striped-wrinet", 4, 2, 6_222_746) with { Published = "6.223M", Matches = true },
        Row("wds-unet", 4, 2, 17_268_936) with { Published = "17.269M", Matches = true },
        Row("wds-unet", 3, 2, 17_268_360) with
        {
            Published = "17.269M",
            Matches = false,
            Note = "the published row has four channels"
        },
        Row("unetpp-resnext50", 3, 1, 48_457_617),
        Row("unetpp-resnext50", 3, 2, 48_457_762),
        Row("unetpp-resnet50", 3, 1, 48_985_745),
        Row("sandu-attunet", 3, 1, 74_374_317),
        Row("sandu-attunet", 3, 1, 74_374_317, options: o => o with { Gate = GateSignal.Decoder }),
        Row("sandu-attunet", 3, 1, 75_769_069, options: o => o with { Bilinear = true }),
        Row("sandu-unet", 3, 1, 72_293_185),
        Row("bisenet", 3, 19, 13_300_416) with { Note = "face parsing" },
        Row("resnet18-fine", 4, 1, 3_611_601) with { Note = "this project's wrinkle model" },
        Row("resnet18-fine", 3, 19, 3_611_763) with { Note = "this project's face parser" },
    ];

    /// <summary>Counts the parameters of a model by building it, without giving them values.</summary>
    /// <param name="id">The architecture.</param>
    /// <param name="options">Channels and choices; the architecture's own unless given.</param>
    /// <returns>All parameters, and those of layers only (see <see cref="PublishedCount.Leaf"/>).</returns>
    /// <exception cref="ArgumentException">There is no such architecture, or it does not offer a choice that was
    /// made.</exception>
    public static (long All, long Leaf) Count(string id, ModelOptions? options = null)
    {
        using var network = ModelCatalog.Create(id, options, initialize: false);
        return (network.Parameters.CountParameters(), network.Parameters.CountParameters(leafOnly: true));
    }

    private static PublishedCount Row(
        string id, int inChannels, int outChannels, long all, long? leaf = null,
        Func<ModelOptions, ModelOptions>? options = null)
    {
        var channels = new ModelOptions { InChannels = inChannels, OutChannels = outChannels };
        return new PublishedCount(id, options?.Invoke(channels) ?? channels, all, leaf ?? all);
    }
}

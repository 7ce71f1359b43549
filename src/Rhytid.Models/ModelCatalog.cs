using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Every architecture, by its id.</summary>
public static class ModelCatalog
{
    private const ModelChoices Transformer = ModelChoices.Width | ModelChoices.Depths | ModelChoices.Window;

    /// <summary>All architectures, in the order of the publications.</summary>
    public static IReadOnlyList<ModelDescription> All { get; } =
    [
        new("unet", "U-Net, bilinear, convolutions without bias", "Moon et al. 2024; poster", (store, options) =>
            new Unet(store, options))
        {
            Choices = ModelChoices.Width,
        },
        new("unet-transpose", "U-Net, transposed convolutions", "Ronneberger et al. 2015", (store, options) =>
            new UnetTranspose(store, options))
        {
            Choices = ModelChoices.Width,
        },
        new("swin-unetr", "Swin UNETR, patch 4, window 16", "Moon et al. 2024", (store, options) =>
            new SwinUnetr(store, options))
        {
            Choices = Transformer,
        },
        new("swin-unetr-t", "Swin UNETR of Swin-T's width", "Moon et al. 2024", (store, options) =>
            new SwinUnetr(store, options, width: 96))
        {
            Choices = Transformer,
        },
        new(
            "swin-mim", "Swin UNETR's transformer guessing hidden patches",
            "Moon et al. 2024, for comparison; Xie et al. 2022", (store, options) => new SwinMim(store, options))
        {
            Choices = Transformer,
            DefaultOutChannels = 3,
        },
        new("resnet50-unet", "U-Net over a ResNet-50", "Moon et al. 2024", (store, options) =>
            new ResNetUnet(store, options, ResNetLayout.ResNet50))
        {
            Choices = ModelChoices.Width,
        },
        new("resnet34-unet", "U-Net over a ResNet-34", "public demo", (store, options) =>
            new ResNetUnet(store, options, ResNetLayout.ResNet34))
        {
            Choices = ModelChoices.Width,
        },
        new("resnet18-fine", "Light U-Net over a cut ResNet-18 and a branch at full size", "this project", (
            store, options) => new ResNetFine(store, options))
        {
            Choices = ModelChoices.Width,
        },
        new("striped-wrinet", "Striped WriNet", "Yang et al. 2024", (store, options) =>
            new StripedWriNet(store, options))
        {
            Choices = ModelChoices.Width,
        },
        new("wds-unet", "U-Net with weighted deep supervision", "WDS, authors' prototype", (store, options) =>
            new WdsUnet(store, options))
        {
            Choices = ModelChoices.Width,
            DefaultOutChannels = 2,
        },
        new("unetpp-resnext50", "UNet++ over a ResNeXt-50 32x4d", "Kim; Bui", (store, options) =>
            new UnetPlusPlus(store, options, ResNetLayout.ResNeXt50))
        {
            Choices = ModelChoices.Width | ModelChoices.DeepSupervision,
        },
        new("unetpp-resnet50", "UNet++ over a ResNet-50", "Zhou et al. 2018", (store, options) =>
            new UnetPlusPlus(store, options, ResNetLayout.ResNet50))
        {
            Choices = ModelChoices.Width | ModelChoices.DeepSupervision,
        },
        new("sandu-attunet", "U-Net over a ResNet-50 with attention gates", "Sandu", (store, options) =>
            new SanduUnet(store, options, gated: true))
        {
            Choices = ModelChoices.Width | ModelChoices.Gate | ModelChoices.Bilinear,
        },
        new("sandu-unet", "U-Net over a ResNet-50 without attention gates", "Sandu", (store, options) =>
            new SanduUnet(store, options, gated: false))
        {
            Choices = ModelChoices.Width | ModelChoices.Bilinear,
        },
        new("bisenet", "Face parsing, 19 classes", "Yu et al. 2018; face-parsing.PyTorch", (store, options) =>
            new BiSeNet(store, options))
        {
            Choices = ModelChoices.Width,
            DefaultOutChannels = 19,
            IsFaceParser = true,
        },
    ];

    /// <summary>Finds an architecture by its id.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists what there is.</exception>
    public static ModelDescription Get(string id) =>
        All.FirstOrDefault(model => model.Id == id)
        ?? throw new ArgumentException(
            $"there is no model '{id}': {string.Join(", ", All.Select(model => model.Id))}", nameof(id));

    /// <summary>Builds a network.</summary>
    /// <param name="id">The architecture.</param>
    /// <param name="options">Channels and choices.</param>
    /// <param name="initialize">False leaves the parameters unset, for a network that is filled from a file
    /// next.</param>
    /// <exception cref="ArgumentException">There is no such architecture, or it does not offer a choice that was
    /// made.</exception>
    public static Network Create(string id, ModelOptions? options = null, bool initialize = true)
    {
        var model = Get(id);
        options ??= new ModelOptions { OutChannels = model.DefaultOutChannels };
        var refused = Made(options) & ~model.Choices;
        if (refused != ModelChoices.None)
            throw new ArgumentException(
                $"the model '{id}' has no choice of {InWords(refused)}; it has {InWords(model.Choices)}",
                nameof(options));
        var store = new ParameterStore(initialize);
        try
        {
            return model.Create(store, options);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static string InWords(ModelChoices choices) =>
        choices == ModelChoices.None
            ? "none"
            : choices.ToString()
                .Replace("DeepSupervision", "deep-supervision", StringComparison.Ordinal)
                .ToLowerInvariant();

    private static ModelChoices Made(ModelOptions options) =>
        (options.Width is null ? 0 : ModelChoices.Width)
        | (options.Depths is null ? 0 : ModelChoices.Depths)
        | (options.Window is null ? 0 : ModelChoices.Window)
        | (options.Gate is null ? 0 : ModelChoices.Gate)
        | (options.Bilinear is null ? 0 : ModelChoices.Bilinear)
        | (options.DeepSupervision is null ? 0 : ModelChoices.DeepSupervision);
}

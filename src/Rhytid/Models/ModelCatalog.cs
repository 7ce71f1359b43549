using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Every architecture, by its id.</summary>
public static class ModelCatalog
{
    /// <summary>All architectures, in the order of the publications.</summary>
    public static IReadOnlyList<ModelDescription> All { get; } =
    [
        new("unet", "U-Net, bilinear, convolutions without bias", "Moon et al. 2024; poster", (store, options) => new Unet(store, options))
        {
            Choices = ModelChoices.Width,
        },
    ];

    /// <summary>Finds an architecture by its id.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists what there is.</exception>
    public static ModelDescription Get(string id) =>
        All.FirstOrDefault(model => model.Id == id)
        ?? throw new ArgumentException($"there is no model '{id}': {string.Join(", ", All.Select(model => model.Id))}", nameof(id));

    /// <summary>Builds a network.</summary>
    /// <param name="id">The architecture.</param>
    /// <param name="options">Channels and choices.</param>
    /// <param name="initialize">False leaves the parameters unset, for a network that is filled from a file next.</param>
    /// <exception cref="ArgumentException">There is no such architecture, or it does not offer a choice that was made.</exception>
    public static Network Create(string id, ModelOptions? options = null, bool initialize = true)
    {
        var model = Get(id);
        options ??= new ModelOptions { OutChannels = model.DefaultOutChannels };
        var refused = Made(options) & ~model.Choices;
        if (refused != ModelChoices.None)
            throw new ArgumentException($"the model '{id}' has no choice of {refused}; it has: {model.Choices}", nameof(options));
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

    private static ModelChoices Made(ModelOptions options) =>
        (options.Width is null ? 0 : ModelChoices.Width)
        | (options.Depths is null ? 0 : ModelChoices.Depths)
        | (options.Window is null ? 0 : ModelChoices.Window)
        | (options.Gate is null ? 0 : ModelChoices.Gate)
        | (options.Bilinear is null ? 0 : ModelChoices.Bilinear)
        | (options.DeepSupervision is null ? 0 : ModelChoices.DeepSupervision);
}

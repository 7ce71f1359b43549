using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Rhytid;

// The namespace in which hosts look for such methods.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Rhytid in a host with dependency injection, such as ASP.NET.</summary>
public static class RhytidServices
{
    /// <summary>
    /// Registers one <see cref="WrinkleSegmenter"/> for the life of the program; it serves all requests. It writes to the
    /// host's log unless the options name another.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">What the segmenter is made of; the networks that are installed unless given.</param>
    /// <example><code>
    /// builder.Services.AddRhytid();
    /// app.MapPost("/wrinkles", async (Stream photo, WrinkleSegmenter segmenter) =>
    ///     (await segmenter.SegmentAsync(photo)).Face?.Measurements.Count);
    /// </code></example>
    public static IServiceCollection AddRhytid(
        this IServiceCollection services, WrinkleSegmenterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new WrinkleSegmenterOptions();
        services.TryAddSingleton(provider => WrinkleSegmenter.Load(
            options with { Logger = options.Logger ?? provider.GetService<ILogger<WrinkleSegmenter>>() }));
        return services;
    }
}

using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>Restoration of a degraded photo (the Poster's pre-training tasks).</summary>
/// <param name="id">What recipes call it.</param>
/// <param name="preprocessing">What the network sees.</param>
/// <param name="degrade">What is done to the scaled photo.</param>
public sealed class RestorationObjective(string id, Preprocessing preprocessing, Func<Tensor, Tensor> degrade)
    : IObjective
{
    // The texture map's filter: the Poster does not state its blur.
    private const int BlurRadius = 10;
    private const double BlurSigma = 5;

    // The factor is not stated either.
    private const int Reduction = 4;

    /// <inheritdoc/>
    public string Id => id;

    /// <summary>Plain auto-encoding.</summary>
    public static RestorationObjective Reconstruct(Preprocessing preprocessing) =>
        new("reconstruct", preprocessing, photo => photo);

    /// <summary>From a blurred photo.</summary>
    public static RestorationObjective Deblur(Preprocessing preprocessing) => new("deblur", preprocessing, photo =>
    {
        var (n, c, h, w) = (photo.Size(0), photo.Size(1), photo.Size(2), photo.Size(3));
        var planes = photo.Contiguous()
            .Reshape(n * c, 1, h, w)
            .PadReflect(BlurRadius, BlurRadius, BlurRadius, BlurRadius);
        return SeparableFilter.Apply(planes, SeparableFilter.Gaussian(BlurSigma, BlurRadius))
            .Reshape(n, c, h, w)
            .Contiguous(MemoryFormat.ChannelsLast);
    });

    /// <summary>From a photo of a quarter of the side, enlarged again.</summary>
    public static RestorationObjective SuperResolve(Preprocessing preprocessing) =>
        new("superres", preprocessing, photo =>
            photo.AvgPool2d(Reduction)
                .Interpolate(photo.ImageSize(), InterpolationMode.Bicubic)
                .Contiguous(MemoryFormat.ChannelsLast));

    /// <inheritdoc/>
    public InputsAndTargets Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var photo = NetworkInputs.Make(batch, preprocessing);
        return new InputsAndTargets(degrade(photo), new LossTarget(photo, batch[Channel.ScoredRegion]));
    }
}

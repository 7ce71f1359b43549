using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>Regression of the texture map, Moon's weakly supervised pre-training. Needs no manual label.</summary>
/// <param name="preprocessing">What the network sees: three channels, not masked.</param>
/// <param name="low">Target of level 0.</param>
/// <param name="high">Target of level 255.</param>
public sealed class TextureObjective(Preprocessing preprocessing, double low = -1, double high = 1) : IObjective
{
    /// <inheritdoc/>
    public string Id => "texture";

    /// <inheritdoc/>
    public InputsAndTargets Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var texture = batch[Channel.Texture]
            ?? throw new DatasetException(
                "the set has no texture maps to learn from; make them with: rhytid data weak-labels");
        return new InputsAndTargets(
            NetworkInputs.Make(batch, preprocessing),
            new LossTarget((texture * ((high - low) / 255)) + low, batch[Channel.ScoredRegion]));
    }
}

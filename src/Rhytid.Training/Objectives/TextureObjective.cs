using Rhytid.Models;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>To draw the texture map of a photo: Moon's weakly supervised pre-training. Needs no manual label.</summary>
/// <param name="preprocessing">What the network sees: three channels, not masked.</param>
/// <param name="low">What a level of 0 is as a target.</param>
/// <param name="high">What a level of 255 is as a target.</param>
public sealed class TextureObjective(Preprocessing preprocessing, double low = -1, double high = 1) : IObjective
{
    /// <inheritdoc/>
    public string Id => "texture";

    /// <inheritdoc/>
    public Lesson Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var texture = batch.Texture
            ?? throw new DatasetException(
                "the set has no texture maps to learn from; make them with: rhytid data weak-labels");
        return new Lesson(
            NetworkInputs.Make(batch, preprocessing),
            new LossTarget((texture * ((high - low) / 255)) + low, batch.Scored));
    }

    /// <inheritdoc/>
    public IScoreKeeper? BeginScores() => null;
}

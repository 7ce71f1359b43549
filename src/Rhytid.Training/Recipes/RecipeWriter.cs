using System.Globalization;
using System.Text;
using Rhytid.Models;

namespace Rhytid.Training.Recipes;

/// <summary>Writes a recipe with every key, also those that its file left to their defaults: what a run was really made with.</summary>
public static class RecipeWriter
{
    /// <summary>The YAML, which reads back as the same recipe.</summary>
    public static string ToYaml(this Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var text = new StringBuilder();
        foreach (var (key, value) in Fields(recipe))
            if (value is not null)
                text.Append(key).Append(": ").Append(value).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<(string Key, string? Value)> Fields(Recipe recipe)
    {
        var (model, objective, optimizer, schedule) = (recipe.ModelOptions, recipe.Objective, recipe.Optimizer, recipe.Schedule);
        return
        [
            ("title", Quoted(recipe.Title)),
            ("source", recipe.Source is null ? null : Quoted(recipe.Source)),
            ("objective", Flow(("kind", objective.Kind), ("soft-labels", Text(objective.SoftLabels)), ("low", Text(objective.Low)), ("high", Text(objective.High)), ("sigma", Text(objective.Sigma)),
                ("simple", Text(objective.IsSimple)), ("target", objective.Target), ("patch", Text(objective.Patch)), ("ratio", Text(objective.Ratio)))),
            ("model", recipe.Model),
            ("in-channels", Text(model.InChannels)),
            ("out-channels", Text(model.OutChannels)),
            ("width", model.Width is { } width ? Text(width) : null),
            ("depths", model.Depths is { } depths ? Quoted(string.Join(",", depths)) : null),
            ("window", model.Window is { } window ? Text(window) : null),
            ("gate", model.Gate?.ToString().ToLowerInvariant()),
            ("bilinear", model.Bilinear is { } bilinear ? Text(bilinear) : null),
            ("deep-supervision", model.DeepSupervision is { } deep ? Text(deep) : null),
            ("initial", recipe.Initial is { } initial ? Flow(("recipe", initial.Recipe), ("file", initial.File is null ? null : Quoted(initial.File)), ("part", initial.Part), ("new-channels", initial.NewChannels), ("head", initial.Head), ("optional", Text(initial.IsOptional))) : null),
            ("input", Flow(("scaling", Scaling(recipe.Preprocessing)), ("masked", Text(recipe.Preprocessing.Masked)), ("size", Text(recipe.Preprocessing.Size)), ("texture", recipe.Preprocessing.WholeTexture ? "photo" : "skin"), ("threshold", Text(recipe.Preprocessing.Threshold)))),
            ("augmentation", recipe.Augmentation),
            ("dilate-masks", recipe.DilateMasks is { } dilate ? Text(dilate) : null),
            ("patches", recipe.Patches is { } patches ? Flow(("size", Text(patches.Size)), ("per-sample", Text(patches.PerSample)), ("wrinkle-share", Text(patches.WrinkleShare))) : null),
            ("fraction", Text(recipe.Fraction)),
            ("loss", Flow([.. recipe.Loss.Select(loss => (loss.Id, (string?)Loss(loss)))])),
            ("optimizer", Flow(("kind", optimizer.Kind), ("learning-rate", Text(optimizer.LearningRate)), ("weight-decay", Text(optimizer.WeightDecay)), ("beta1", Text(optimizer.Beta1)), ("beta2", Text(optimizer.Beta2)), ("momentum", Text(optimizer.Momentum)),
                ("decay-vectors", Text(optimizer.DecayVectors)), ("fast-parts", optimizer.FastParts.Count == 0 ? null : Quoted(string.Join(",", optimizer.FastParts))), ("fast-factor", Text(optimizer.FastFactor)))),
            ("schedule", Flow(("kind", schedule.Kind), ("period", Text(schedule.Period)), ("growth", Text(schedule.Growth)), ("decay", Text(schedule.Decay)), ("minimum", Text(schedule.Minimum)), ("patience", Text(schedule.Patience)),
                ("factor", Text(schedule.Factor)), ("power", Text(schedule.Power)), ("warm-up", Text(schedule.WarmUp)))),
            ("epochs", Text(recipe.Epochs)),
            ("batch", Text(recipe.Batch)),
            ("accumulate", Text(recipe.Accumulate)),
            ("clip-norm", recipe.ClipNorm is { } norm ? Text(norm) : null),
            ("patience", recipe.Patience is { } patience ? Text(patience) : null),
            ("average", recipe.AverageDecay is { } average ? Text(average) : null),
            ("batch-norm", recipe.FreezeBatchNorm ? "frozen" : "train"),
            ("precision", recipe.Bf16 ? "bf16" : "f32"),
            ("seed", Text(recipe.Seed)),
        ];
    }

    private static string Loss(LossChoice loss) => Flow(("weight", Text(loss.Weight)), ("alpha", Text(loss.Alpha)), ("gamma", Text(loss.Gamma)), ("sum", Text(loss.Sum)), ("pooling", loss.Pooling), ("positive-weight", Text(loss.PositiveWeight)));

    private static string Scaling(Preprocessing input) => input.Mean.SequenceEqual(Preprocessing.ImageNet.Mean) ? "imagenet" : input.Deviation[0] == Preprocessing.Wds.Deviation[0] ? "wds" : "moon";

    private static string Flow(params (string Key, string? Value)[] fields) => $"{{{string.Join(", ", fields.Where(field => field.Value is not null).Select(field => $"{field.Key}: {field.Value}"))}}}";

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

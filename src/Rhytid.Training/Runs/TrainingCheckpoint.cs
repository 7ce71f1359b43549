using System.Text.Json;
using System.Text.Json.Serialization;
using Rhytid.Models;
using Rhytid.Torch;
using Rhytid.Torch.Optim;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Runs;

/// <summary>
/// The file from which a run resumes bit for bit: weights, EMA, states of optimizer, schedule and random generator, and
/// progress. Written atomically.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string Format = "rhytid.training/1";
    private const string FormatKey = "rhytid.format";
    private const string ProgressKey = "rhytid.progress";
    private const string ScheduleKey = "rhytid.schedule";
    private const string StepsKey = "rhytid.steps";
    private const string Weights = "network.";
    private const string Memory = "optimizer.";
    private const string Average = "average.";
    private const string Random = "random.cpu";

    // A validation loss may be NaN, which plain JSON lacks.
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
    };

    public static void Save(
        string path, Network network, Optimizer optimizer, ISchedule schedule, Ema? ema,
        TrainingProgress progress)
    {
        using var scope = TensorScope.Begin();
        var tensors = network.Parameters.Entries.Select(entry => entry.Tensor.ToStored(Weights + entry.Name))
            .Concat(optimizer.State.Select(entry => entry.Value.ToStored(Memory + entry.Key)))
            .Concat((ema?.State ?? []).Select(entry => entry.Value.ToStored(Average + entry.Key)))
            .Append(TorchRuntime.GetRandomState().ToStored(Random));
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string>
        {
            [FormatKey] = Format,
            [ProgressKey] = JsonSerializer.Serialize(progress, Json),
            [ScheduleKey] = JsonSerializer.Serialize(
                schedule.State.ToDictionary(
                    entry => entry.Key,
                    entry => entry.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture))),
            [StepsKey] = optimizer.Steps.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }

    public static TrainingProgress Restore(
        string path, Network network, Optimizer optimizer, ISchedule schedule, Ema? ema)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) != Format)
            throw new TrainingException($"{path}: this is no checkpoint of a run of this version");
        foreach (var entry in network.Parameters.Entries)
        {
            if (!file.TryGet(Weights + entry.Name, out var stored) || !stored.Shape.SequenceEqual(entry.Tensor.Shape))
                throw new TrainingException(
                    $"{path}: the checkpoint is of another network ({entry.Name} is missing or of another shape)");
            entry.Tensor.CopyFrom(stored.ToTensor());
        }
        foreach (var entry in ema?.State ?? [])
            entry.Value.CopyFrom(
                file.TryGet(Average + entry.Key, out var stored)
                    ? stored.ToTensor()
                    : throw new TrainingException(
                        $"{path}: the checkpoint has no moving average; it is of a run without one"));
        optimizer.Restore(
            long.Parse(file.Metadata[StepsKey], System.Globalization.CultureInfo.InvariantCulture), file.Tensors
                .Where(tensor => tensor.Name.StartsWith(Memory, StringComparison.Ordinal))
                .Select(tensor => KeyValuePair.Create(tensor.Name[Memory.Length..], tensor.ToTensor())));
        schedule.Restore(JsonSerializer.Deserialize<Dictionary<string, string>>(file.Metadata[ScheduleKey])!
            .ToDictionary(
                entry => entry.Key,
                entry => double.Parse(entry.Value, System.Globalization.CultureInfo.InvariantCulture)));
        TorchRuntime.SetRandomState(file[Random].ToTensor());
        return JsonSerializer.Deserialize<TrainingProgress>(file.Metadata[ProgressKey], Json)!;
    }
}

/// <summary>How far a run has come.</summary>
public sealed record TrainingProgress
{
    /// <summary>The current epoch, from 0.</summary>
    [JsonInclude]
    public int Epoch { get; internal set; }

    /// <summary>Batches of the epoch that were seen.</summary>
    [JsonInclude]
    public int Batch { get; internal set; }

    /// <summary>Optimizer steps taken.</summary>
    [JsonInclude]
    public long Step { get; internal set; }

    /// <summary>The best validation score: the metric's, or the negative loss; null before the first.</summary>
    [JsonInclude]
    public double? BestScore { get; internal set; }

    /// <summary>The epoch that had it, from 0.</summary>
    [JsonInclude]
    public int BestEpoch { get; internal set; }

    /// <summary>The validation loss of the previous epoch, which some schedules use.</summary>
    [JsonInclude]
    public double? ValidationLoss { get; internal set; }

    /// <summary>The learning rate of the current epoch.</summary>
    [JsonInclude]
    public double LearningRate { get; internal set; }
}

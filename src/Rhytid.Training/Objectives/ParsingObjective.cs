using Rhytid.Faces.Parsing;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Objectives;

/// <summary>Face parsing: the class of each pixel.</summary>
/// <param name="preprocessing">What the network sees.</param>
public sealed class ParsingObjective(Preprocessing preprocessing) : IObjective
{
    /// <inheritdoc/>
    public string Id => "parsing";

    /// <inheritdoc/>
    public InputsAndTargets Prepare(WrinkleBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var labels = batch[Channel.Labels]
            ?? throw new DatasetException(
                "the pack has no parsing labels to learn from; pack them with: rhytid data pack --labels");
        return new InputsAndTargets(NetworkInputs.Make(batch, preprocessing),
            new LossTarget(labels, batch[Channel.ScoredRegion]));
    }

    /// <inheritdoc/>
    public IMetric CreateMetric() => new ClassScores();

    /// <summary>IoU of each class over all images; the score is their mean over the classes that occur.</summary>
    private sealed class ClassScores : IMetric
    {
        private double[] _both = [];
        private double[] _either = [];

        public double Score =>
            _both.Zip(_either).Where(pair => pair.Second > 0).Select(pair => pair.First / pair.Second).DefaultIfEmpty(
                double.NaN).Average();

        public IReadOnlyDictionary<string, double> Values
        {
            get
            {
                var values = new Dictionary<string, double> { ["val/mean_iou"] = Score };
                // F1 follows from the same counts: 2 both / (both + either).
                for (var i = 0; i < _both.Length && i < FaceParts.Names.Count; i++)
                    if (_either[i] > 0)
                        values[$"val/f1 {FaceParts.Names[i]}"] = 2 * _both[i] / (_both[i] + _either[i]);
                return values;
            }
        }

        public void Add(WrinkleBatch batch, Tensor output)
        {
            var predicted = output.ArgMax(1).Unsqueeze(1).To(DType.Float32);
            var classes = (int)output.Size(1);
            // Labels that do not say which part a pixel is count for no class.
            var known = 1 - batch[Channel.Labels]!.Greater(FaceLabels.SomeFacePart - 0.5).To(DType.Float32);
            var scored = batch[Channel.ScoredRegion] is { } region ? known * region : known;
            Array.Resize(ref _both, classes);
            Array.Resize(ref _either, classes);
            for (var i = 0; i < classes; i++)
            {
                var number = Tensor.Scalar(i);
                var (p, q) =
                    (predicted.EqualTo(number).To(DType.Float32),
                        batch[Channel.Labels]!.EqualTo(number).To(DType.Float32));
                var both = Reduction.KeepScored(p * q, scored).Sum().ToDouble();
                _both[i] += both;
                _either[i] += Reduction.KeepScored(p + q, scored).Sum().ToDouble() - both;
            }
        }
    }
}

using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Parsing;

/// <summary>How well a face parser names parts: pixels of each class, pooled over photos.</summary>
public sealed class ParsingScore
{
    private readonly ParsingCounts[] _parts = [.. FaceParts.Names.Select(name => new ParsingCounts(name))];

    /// <summary>The parts that occur in labels or answers, in the order of their numbers.</summary>
    public IEnumerable<ParsingCounts> Parts => _parts.Where(part => part.Labelled + part.Found > 0);

    /// <summary>
    /// Face against everything else, where labels say no more than that (<see cref="FaceLabels.SomeFacePart"/>).
    /// </summary>
    public ParsingCounts Face { get; } = new("face");

    /// <summary>Photos that were counted.</summary>
    public int Photos { get; private set; }

    /// <summary>Mean F1 of the classes that occur in labels.</summary>
    public double MeanF1 =>
        _parts.Where(part => part.Labelled > 0).Select(part => part.F1).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Counts one photo.</summary>
    /// <param name="found">The parser's classes.</param>
    /// <param name="labels">The true ones in the order of BiSeNet, of the same size.</param>
    public void Add(Plane<byte> found, Plane<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(labels);
        Photos++;
        var answers = found.Samples;
        var truth = labels.Samples;
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] >= FaceLabels.SomeFacePart)
            {
                Face.Add(FaceLabels.FacePartClasses.Contains(answers[i]), truth[i] == FaceLabels.SomeFacePart);
                continue;
            }
            _parts[answers[i]].Found++;
            _parts[truth[i]].Labelled++;
            if (answers[i] == truth[i])
                _parts[truth[i]].Both++;
        }
    }
}

/// <summary>Pixels of one part of the face.</summary>
/// <param name="name">The part.</param>
public sealed class ParsingCounts(string name)
{
    /// <summary>The part.</summary>
    public string Name { get; } = name;

    /// <summary>Pixels that the labels name so.</summary>
    public long Labelled { get; internal set; }

    /// <summary>Pixels that the parser names so.</summary>
    public long Found { get; internal set; }

    /// <summary>Pixels that both name so.</summary>
    public long Both { get; internal set; }

    /// <summary>2 both / (found + labelled); no number where there is neither.</summary>
    public double F1 => 2.0 * Both / (Found + Labelled);

    /// <summary>Intersection over union.</summary>
    public double Iou => (double)Both / (Found + Labelled - Both);

    internal void Add(bool isFound, bool isLabelled)
    {
        Found += isFound ? 1 : 0;
        Labelled += isLabelled ? 1 : 0;
        Both += isFound && isLabelled ? 1 : 0;
    }
}

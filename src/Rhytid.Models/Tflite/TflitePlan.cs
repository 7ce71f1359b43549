using Rhytid.Torch;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>
/// The steps of a network in order, checked to fit together, and when each value is needed for the last time.
/// </summary>
internal sealed class TflitePlan
{
    // The face mesh needs 36 million multiplications; a damaged file shall not keep a machine busy for minutes.
    private const long MaxWork = 1L << 34;
    private const long MaxValues = 4 * TfliteModel.MaxElements;

    private readonly int _input;
    private readonly int[] _outputs;
    private readonly int[] _lastUse;

    private TflitePlan(TfliteModel model, List<TfliteStep> steps)
    {
        (_input, _outputs, Steps) = (model.Inputs[0], [.. model.Outputs], steps);
        InputShape = model.Tensors[_input].Shape;
        OutputShapes = [.. _outputs.Select(output => model.Tensors[output].Shape)];
        _lastUse = new int[model.Tensors.Count];
        for (var i = 0; i < steps.Count; i++)
            foreach (var value in steps[i].Inputs)
                _lastUse[value] = i;
        foreach (var output in _outputs)
            _lastUse[output] = int.MaxValue;
    }

    public IReadOnlyList<int> InputShape { get; }

    public IReadOnlyList<IReadOnlyList<int>> OutputShapes { get; }

    public IReadOnlyList<TfliteStep> Steps { get; }

    public static TflitePlan Create(TfliteModel model)
    {
        if (model.Inputs.Count != 1 || model.Outputs.Count == 0)
            throw new InvalidDataException(
                $"the model has {model.Inputs.Count} inputs and {model.Outputs.Count} outputs; one image and one output or more are supported");
        // Unsupported operators first: that is what the user can understand.
        if (model.Operators.FirstOrDefault(step => !IsSupported(step.Code)) is { } other)
            throw new InvalidDataException(
                $"the operator {other.Name} is not supported; supported are {string.Join(", ", TfliteNetwork.SupportedOperators)}");
        var graph = new TfliteGraph(model);
        graph.RequireImage(model.Inputs[0], "the input");
        var known = new HashSet<int> { model.Inputs[0] };
        var steps = new List<TfliteStep>(model.Operators.Count);
        try
        {
            var (work, elements) = (0L, 0L);
            foreach (var next in model.Operators)
            {
                var step = Make(graph, next);
                steps.Add(step);
                if (step.Inputs.Any(input => !known.Contains(input)))
                    throw new InvalidDataException(
                        $"an operator {next.Name} takes a value that nothing before it gives");
                if (model.Tensors[step.Output].IsConstant || !known.Add(step.Output))
                    throw new InvalidDataException($"an operator {next.Name} gives a value that is there already");
                if ((work += step.Work) > MaxWork || (elements += graph.Count(step.Output)) > MaxValues)
                    throw new InvalidDataException(
                        "the network needs more computation or memory than any supported one");
            }
            if (model.Outputs.Any(output => !known.Contains(output)))
                throw new InvalidDataException("an output of the model is given by no operator");
            return new TflitePlan(model, steps);
        }
        catch
        {
            steps.ForEach(step => step.Dispose());
            throw;
        }
    }

    /// <summary>Runs the steps on an (N, C, H, W) tensor; values are freed as soon as nothing needs them.</summary>
    public Tensor[] Run(Tensor input)
    {
        var values = new Tensor?[_lastUse.Length];
        values[_input] = input;
        for (var i = 0; i < Steps.Count; i++)
        {
            var step = Steps[i];
            using (var scope = TensorScope.Begin())
                values[step.Output] = scope.MoveOut(step.Run([.. step.Inputs.Select(number => values[number]!)]));
            foreach (var number in step.Inputs)
            {
                if (_lastUse[number] != i)
                    continue;
                values[number]?.Dispose();
                values[number] = null;
            }
        }
        return Array.ConvertAll(_outputs, output => values[output]!);
    }

    private static bool IsSupported(TfliteOperatorCode code) =>
        code is TfliteOperatorCode.Add or TfliteOperatorCode.Conv2D or TfliteOperatorCode.DepthwiseConv2D
            or TfliteOperatorCode.MaxPool2D or TfliteOperatorCode.Pad or TfliteOperatorCode.Prelu;

    private static TfliteStep Make(TfliteGraph graph, TfliteOperator next) => next.Code switch
    {
        TfliteOperatorCode.Add => new TfliteAddition(graph, next),
        TfliteOperatorCode.MaxPool2D => new TfliteMaxPool(graph, next),
        TfliteOperatorCode.Pad => new TfliteZeroPad(graph, next),
        TfliteOperatorCode.Prelu => new TflitePrelu(graph, next),
        _ => new TfliteConvolution(graph, next),
    };
}

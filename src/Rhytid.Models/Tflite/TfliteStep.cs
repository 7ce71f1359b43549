using Rhytid.Torch;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>One operator, ready to run on (N, C, H, W) tensors: which values it takes and which one it gives.</summary>
/// <param name="inputs">Numbers of the computed tensors that it takes.</param>
/// <param name="output">Number of the tensor that it gives.</param>
/// <param name="activation">Applied to the result.</param>
internal abstract class TfliteStep(int[] inputs, int output, TfliteActivation activation) : IDisposable
{
    public IReadOnlyList<int> Inputs { get; } = inputs;

    public int Output { get; } = output;

    /// <summary>Multiplications, roughly: what one run costs.</summary>
    public long Work { get; protected init; }

    public Tensor Run(IReadOnlyList<Tensor> values)
    {
        var result = Compute(values);
        return activation switch
        {
            TfliteActivation.Relu => result.Clamp(0, float.MaxValue),
            TfliteActivation.ReluN1To1 => result.Clamp(-1, 1),
            TfliteActivation.Relu6 => result.Clamp(0, 6),
            TfliteActivation.Tanh => Torch.Nn.Functional.Tanh(result),
            _ => result,
        };
    }

    public void Dispose() => FreeWeights();

    protected virtual void FreeWeights()
    {
    }

    protected abstract Tensor Compute(IReadOnlyList<Tensor> values);
}

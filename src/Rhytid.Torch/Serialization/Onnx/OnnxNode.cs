namespace Rhytid.Torch.Serialization.Onnx;

/// <summary>One operator of an ONNX graph, as far as its weights are looked for.</summary>
/// <param name="Operator">The operator ("Conv").</param>
/// <param name="Inputs">Names of the values it reads, weights among them.</param>
/// <param name="Outputs">Names of the values it makes.</param>
internal sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);

using Rhytid.Tests.Shared;

namespace Rhytid.Torch.Tests;

/// <summary>Tensors by the rule of tests/Golden/README.md.</summary>
internal static class GoldenTensor
{
    public static Tensor Of(string name, params long[] shape) => Tensor.From(GoldenFormula.Values(name, shape), shape);
}

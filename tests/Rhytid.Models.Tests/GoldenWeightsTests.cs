using Rhytid.Tests.Shared;

namespace Rhytid.Models.Tests;

public class GoldenWeightsTests
{
    [Fact]
    public void The_formula_is_the_one_that_PyTorch_used()
    {
        foreach (var sample in GoldenFolder.Json("models", "cases.json").GetProperty("formula").EnumerateArray())
        {
            var (name, index) = (sample.GetProperty("name").GetString()!, sample.GetProperty("index").GetUInt32());
            Assert.Equal(sample.GetProperty("fnv1a").GetUInt32(), GoldenFormula.Hash(name));
            Assert.Equal(sample.GetProperty("u").GetDouble(), GoldenFormula.Uniform(GoldenFormula.Hash(name), index));
            Assert.Equal(
                (float)sample.GetProperty("value").GetDouble(),
                GoldenFormula.Values(name, sample.GetProperty("shape").Longs())[index]);
        }
    }
}

using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;

namespace Rhytid.Torch.Tests;

/// <summary>Five steps of every optimizer as PyTorch takes them (tests/Golden/layers/optimizers.json).</summary>
public class OptimizerGoldenTests
{
    public static TheoryData<string> Cases => GoldenLayers.Ids("optimizers");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Five_steps_are_those_of_PyTorch(string id)
    {
        var golden = GoldenLayers.Find("optimizers", id);
        using var scope = TensorScope.Begin();
        using var store = new ParameterStore();
        var parameter = store.Root.Buffer("weight", golden.Input("weight"));
        parameter.RequiresGrad = true;
        using var optimizer = Make(golden, [new StoredParameter("weight", parameter, IsBuffer: false)]);
        for (var step = 1; step <= 5; step++)
        {
            parameter.Grad = golden.Input($"step{step}.gradient");
            optimizer.Step();
            golden.AssertExpected($"step{step}", parameter);
        }
    }

    private static Optimizer Make(GoldenLayer golden, StoredParameter[] parameters)
    {
        var group = new ParameterGroup(parameters, golden.Number("lr"), golden.Number("weight_decay", 0));
        if (golden.Operation == "SGD")
            return new Sgd(
                [group], golden.Number("momentum", 0), golden.Number("dampening", 0), golden.Flag("nesterov"));
        var (beta1, beta2) = (golden.Numbers("betas")[0], golden.Numbers("betas")[1]);
        return golden.Operation == "Adam"
            ? new Adam([group], beta1, beta2, golden.Number("eps"))
            : new AdamW([group], beta1, beta2, golden.Number("eps"));
    }
}

using Rhytid.Models.Tflite;
using Rhytid.Tests.Shared.Fuzzing;
using Rhytid.Tests.Shared.Tflite;
using Rhytid.Torch.Serialization.Tflite;
using Xunit.Abstractions;

namespace Rhytid.Models.Tests.Tflite;

public sealed class TfliteNetworkFuzzTests(ITestOutputHelper output)
{
    /// <summary>What is accepted has to run as well.</summary>
    [Fact]
    public void Damaged_networks()
    {
        var (read, refused) = Fuzzer.Run<TfliteException>(
            "tflite network", [TfliteBuilder.OfEveryOperator()], Fuzzer.Count, seed: 42, file =>
            {
                using var network = TfliteNetwork.FromModel(TfliteModel.Parse(file));
                var count = network.InputShape.Aggregate(1L, (product, size) => product * size);
                if (count < 1 << 16)
                    network.Run(new float[count]);
            });

        output.WriteLine($"tflite network: {read + refused} files, {refused} refused");
    }
}

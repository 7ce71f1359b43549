using Rhytid.Tests.Shared.Fuzzing;
using Rhytid.Tests.Shared.Tflite;
using Rhytid.Torch.Serialization.Tflite;
using Xunit.Abstractions;

namespace Rhytid.Torch.Tests.Serialization.Tflite;

public sealed class TfliteFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Damaged_models()
    {
        var (read, refused) = Fuzzer.Run<TfliteException>(
            "tflite", [TfliteBuilder.OfEveryOperator()], Fuzzer.Count, seed: 41, file => TfliteModel.Parse(file));

        output.WriteLine($"tflite: {read + refused} files, {refused} refused");
    }
}

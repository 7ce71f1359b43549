using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Segmentation.Networks;
using Rhytid.Torch;

namespace Rhytid.Training.Tests.Evaluation.Networks;

/// <summary>Networks of random weights whose probabilities lie on both sides of their threshold.</summary>
internal static class TinyNetwork
{
    public static NetworkSegmenter Create(Preprocessing preprocessing, int outChannels = 1, ulong seed = 5) =>
        new(File(preprocessing, outChannels, seed).ForInference(new InferenceSettings { Precision = Precision.F32 }));

    public static ModelFile File(Preprocessing preprocessing, int outChannels = 1, ulong seed = 5)
    {
        TorchRuntime.Seed(seed);
        var network = ModelCatalog.Create(
            "unet", new ModelOptions { InChannels = preprocessing.Mean.Count, OutChannels = outChannels, Width = 4 });
        return new ModelFile("unet", network, preprocessing, new Dictionary<string, string>());
    }
}

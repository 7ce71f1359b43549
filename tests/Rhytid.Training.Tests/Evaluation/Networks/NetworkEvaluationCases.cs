using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Evaluation.Networks;

/// <summary>Samples and checks that several tests of network evaluations share.</summary>
internal static class NetworkEvaluationCases
{
    internal const int Side = 32;

    internal const int Photos = 6;

    // Half of the skin's probabilities lie above it: a mask of weights that were never trained is neither empty nor
    // full.
    internal static double MiddleOf(Preprocessing preprocessing, int outChannels, WrinkleDataset dataset)
    {
        using var network = TinyNetwork.Create(preprocessing, outChannels);
        var skin = ImageEncoding.LoadMask(dataset.Samples[0][Channel.Skin]!);
        var values =
            network.Segment(
                FaceImage.FromAligned(SampleFiles.LoadPhoto(dataset.Samples[0])),
                skin).Values.Samples.ToArray().Where(value => value > 0).Order().ToList();
        return values[values.Count / 2];
    }

    // The last photo has no wrinkle; the left half of every photo is skin; the first column does not count.
    internal static WrinkleDataset Dataset(TemporaryFolder root)
    {
        TestDataset.WritePlain(root["set"], Photos, Side);
        TestDataset.Write(new Mask(Side, Side), root["set"], "masks", $"{Photos - 1:D5}.png");
        var (skin, scored) = (new Mask(Side, Side), Mask.Full(Side, Side));
        for (var y = 0; y < Side; y++)
        {
            skin.Row(y)[..(Side / 2)].Fill(Mask.Set);
            scored.Row(y)[0] = 0;
        }
        for (var i = 0; i < Photos; i++)
        {
            TestDataset.Write(skin, root["set"], "skin_masks", $"{i:D5}.png");
            TestDataset.Write(scored, root["set"], "scored_regions", $"{i:D5}.png");
        }
        return WrinkleDataset.Open(root["set"]);
    }
}

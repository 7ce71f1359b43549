using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Tests.Datasets.Annotators;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Evaluation;

/// <summary>Masks in files and their evaluation.</summary>
internal static class EvaluatedSets
{
    internal static EvaluationReport Create(TemporaryFolder root, EvaluationReportOptions? options = null)
    {
        var target = new EvaluatedFolder(
            WrinkleDataset.Open(root["data"]), root["predicted"], new EvaluationOptions())
        {
            Name = "predicted",
        };
        return EvaluationReport.Create(
            target, target.Run(progress: null, default), root["data"], options ?? new EvaluationReportOptions());
    }

    internal static void Save(TemporaryFolder root, string file, params string[] rows) => TestDataset.Write(Masks.Of(rows), root[file]);
}

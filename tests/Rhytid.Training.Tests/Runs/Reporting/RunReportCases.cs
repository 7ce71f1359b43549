using System.Text.RegularExpressions;
using Rhytid.Tests.Shared;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Tests.Runs.Reporting;

/// <summary>Samples and checks that several tests of reports share.</summary>
internal static class RunReportCases
{
    internal static RunExample Example(string id, double jsi) =>
        new(id, jsi, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 1, 1, 0], [0, 255, 127, 128], null);

    internal static void WriteRun(TemporaryFolder root)
    {
        File.WriteAllText(root["recipe.yaml"], "title: a title\nepochs: 3\n");
        File.WriteAllText(
            root["run.json"],
            """{"format":"rhytid.run/1","recipe":"moon-unet-rgb","title":"A title","seed":7,"started":"2026-01-02T03:04:05Z","versions":{"libtorch":"1.13.1",".net":"10"},"data":{"pack":"faces","size":2,"train":3,"validation":3},"something.deep":{"inner":{"new":[1,2]}},"git":null}""");
        File.WriteAllText(root["train.txt"], "a\nb\nc\n");
        File.WriteAllText(root["val.txt"], "worst\nfair\nbest\n");
        File.WriteAllText(
            root["images.csv"],
            "id,jsi,f1,precision,recall\nworst,0.1,0.2,0.3,0.4\nbest,0.9,0.9,0.9,NaN\nfair,0.5,0.6,0.7,0.8\n");
        RunExamples.Save(
            root[RunExamples.FileName], 2,
            [Example("worst", 0.1), Example("worst-2", 0.2), Example("best", 0.9), Example("best-2", 0.8)]);
        using var log = new MetricsLog(root.Path);
        for (var step = 1; step <= 30; step++)
        {
            log.Write(
                step,
                new Dictionary<string, double>
                {
                    ["epoch"] = ((step - 1) / 10) + 1,
                    ["learning_rate"] = 1e-4 / step,
                    ["train/loss"] = 1.0 / step,
                    ["train/grad_norm"] = 2
                });
            if (step % 10 == 0)
                log.Write(
                    step,
                    new Dictionary<string, double>
                    {
                        ["val/epoch"] = step / 10,
                        ["val/total_loss"] = 0.5,
                        ["val/iou"] = step == 20 ? 0.4 : 0.3,
                        ["val/f1"] = 0.5,
                        ["val/precision"] = 0.6,
                        ["val/recall"] = 0.7
                    });
        }
    }
}

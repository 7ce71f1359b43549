using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Evaluation;
using static Rhytid.Training.Tests.Evaluation.EvaluatedSets;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class EvaluationCsvTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tables_have_a_line_for_each_photo()
    {
        Save(_folder, "data/masks/a.png", "1000", "0110");
        Save(_folder, "predicted/a.png", "1100", "0100");
        var report = Create(_folder);

        Assert.Matches("^id,tp,fp,fn,tn,.*\na,2,1,1,4,.*\n$", EvaluationCsv.Create(report.Evaluation));
        Assert.Matches("^run,id,.*\npredicted,a,.*\npredicted,a,.*\n$", EvaluationCsv.Create([report, report]));
    }
}

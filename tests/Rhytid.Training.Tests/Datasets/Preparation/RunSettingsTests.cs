using System.Collections.Concurrent;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class RunSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Other_settings_are_refused()
    {
        var settings = new Dictionary<string, string> { ["kernel"] = "21" };
        RunSettings.Claim(_folder["out/settings.json"], settings);
        RunSettings.Claim(_folder["out/settings.json"], settings);

        var error =
            Assert.Throws<DatasetException>(
                () => RunSettings.Claim(
                    _folder["out/settings.json"], new Dictionary<string, string> { ["kernel"] = "31" }));

        Assert.Contains("kernel 21, not 31", error.Message, StringComparison.Ordinal);
    }
}

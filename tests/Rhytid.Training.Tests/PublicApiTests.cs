using PublicApiGenerator;
using Rhytid.Tests.Shared;

namespace Rhytid.Training.Tests;

/// <summary>
/// What others may call, as <c>PublicApi.txt</c> beside each project that is packed: a change of it is seen in review.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes =
        [
            "System.Runtime.CompilerServices.NullableAttribute",
            "System.Runtime.CompilerServices.NullableContextAttribute",
        ],
    };

    // RHYTID_WRITE_DOCS=1 writes the file.
    [Theory]
    [InlineData("Rhytid")]
    [InlineData("Rhytid.Imaging")]
    [InlineData("Rhytid.Inference")]
    [InlineData("Rhytid.Torch")]
    [InlineData("Rhytid.Models")]
    [InlineData("Rhytid.Synthesis")]
    [InlineData("Rhytid.Training")]
    public void The_public_api_is_the_one_on_record(string project)
    {
        var path = Path.Combine(Repository.Root, "src", project, "PublicApi.txt");
        var now = System.Reflection.Assembly.Load(project).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";

        if (Environment.GetEnvironmentVariable("RHYTID_WRITE_DOCS") == "1")
            File.WriteAllText(path, now);

        Assert.Equal(File.ReadAllText(path), now);
    }
}

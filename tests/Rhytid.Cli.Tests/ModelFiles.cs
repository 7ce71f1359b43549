using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests;

/// <summary>What several tests of modelfiles share.</summary>
internal static class ModelFiles
{
    internal static readonly string Portrait = Path.Combine(Repository.Root, "samples", "portrait.png");
}

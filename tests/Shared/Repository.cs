namespace Rhytid.Tests.Shared;

/// <summary>Where things lie on the machine that runs the tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Real photographs, kept beside the project and never in it. Skips the test where they are absent.
    /// </summary>
    public static string SharedData(params string[] parts)
    {
        var folder = Path.Combine([Root, "..", "shared", "data", .. parts]);
        Skip.IfNot(
            Directory.Exists(folder), $"real photos are not here ({string.Join('/', ["../shared/data", .. parts])})");
        return Path.GetFullPath(folder);
    }

    /// <summary>
    /// A third-party weight file, kept beside the project and never in it. Skips the test where it is absent.
    /// </summary>
    public static string SharedWeights(string name)
    {
        var file = Path.Combine(Root, "..", "shared", "weights", name);
        Skip.IfNot(File.Exists(file), $"the weight file is not here (../shared/weights/{name})");
        return Path.GetFullPath(file);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "rhytid.slnx")))
                return folder.FullName;
        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}

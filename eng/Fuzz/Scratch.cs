namespace Fuzz;

/// <summary>Files for readers that take paths: in memory, not in the folder that is watched.</summary>
internal static class Scratch
{
    private static readonly string Folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : "/var/tmp", $"rhytid-fuzz-{Environment.ProcessId}")).FullName;

    public static string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static void Delete(int process)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Folder)!, $"rhytid-fuzz-{process}");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}

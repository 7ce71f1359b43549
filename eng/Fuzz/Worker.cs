using System.IO.MemoryMappedFiles;

namespace Fuzz;

/// <summary>The process that reads damaged files, and tells the one that started it through a shared page where it is.</summary>
internal static class Worker
{
    public static int Run(FuzzTarget target, int seed, int from, int to, string page)
    {
        using var progress = Progress.Open(page);
        var seeds = target.Seeds();
        for (var number = from; number < to; number++)
        {
            progress.Case = number;
            try
            {
                progress.Add(target.Run(target.Make(seeds, seed, number)));
            }
            catch (Exception error)
            {
                Console.Error.WriteLine($"case {number}: {error.GetType().Name}: {error.Message}\n{error.StackTrace}");
                return 1;
            }
        }
        progress.Case = to;
        return 0;
    }
}

/// <summary>The number of the case at hand and how many files came how far, in a page that both processes see.</summary>
internal sealed class Progress : IDisposable
{
    private const int Bytes = 64;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private Progress(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, Bytes);
    }

    public static Progress Open(string path)
    {
        if (!File.Exists(path))
            File.WriteAllBytes(path, new byte[Bytes]);
        return new Progress(MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, Bytes));
    }

    public int Case
    {
        get => _view.ReadInt32(0);
        set => _view.Write(0, value);
    }

    public int this[Stage stage] => _view.ReadInt32(8 + (4 * (int)stage));

    public void Add(Stage stage) => _view.Write(8 + (4 * (int)stage), this[stage] + 1);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}

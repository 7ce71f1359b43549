using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Fetching;

namespace Rhytid.Training.Tests.Datasets.Fetching;

/// <summary>A server, a folder and a set of one part between them; pauses are noted, not waited for.</summary>
internal sealed class FetchBench : IFetchProgress, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LocalServer Server { get; } = new();

    public string Folder => _folder.Path;

    public List<TimeSpan> Pauses { get; } = [];

    public FetchOptions Options { get; set; } = new() { Parallel = 1, StallTimeout = TimeSpan.FromSeconds(10) };

    public Action<long>? OnReceived { get; set; }

    public string this[string name] => _folder[name];

    /// <summary>Bytes that begin and end as a PNG does; the middle comes from a seed.</summary>
    public static byte[] Png(int length = 300_000, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        ((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(bytes, 0);
        ((byte[])[0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82]).CopyTo(bytes, length - 12);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), 13);
        return bytes;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Pictures at addresses of their own: server path <c>/{id:05}.png</c>, file <c>p/{folder:05}/{id:05}.png</c>.</summary>
    public SourcePart Part(params (string File, string Sha256)[] hashes) => new()
    {
        Name = "pictures",
        Path = IdTemplate.Parse("p/{folder:05}/{id:05}.png"),
        Url = IdTemplate.Parse($"{Server.Root}/{{id:05}}.png"),
        MaxBytes = 1_000_000,
        Sha256 = hashes.ToDictionary(hash => hash.File, hash => hash.Sha256),
    };

    public Task<FetchSummary> RunAsync(params string[] ids) => RunAsync(Part(), ids);

    public async Task<FetchSummary> RunAsync(SourcePart part, IReadOnlyList<string>? ids, CancellationToken token = default)
    {
        using var fetcher = new DatasetFetcher(Options, (pause, _) =>
        {
            Pauses.Add(pause);
            return Task.CompletedTask;
        });
        return await fetcher.FetchAsync([part], ids, Folder, this, token);
    }

    public byte[] Read(int id) => File.ReadAllBytes(PathOf(id));

    public string PathOf(int id) => this[string.Create(CultureInfo.InvariantCulture, $"p/{id / 1000 * 1000:00000}/{id:00000}.png")];

    public IReadOnlyList<string> Files() => [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    void IFetchProgress.Expect(int files)
    {
    }

    void IFetchProgress.Received(string name, int received, long present, long? total) => OnReceived?.Invoke(present);

    void IFetchProgress.Done(FetchResult result)
    {
    }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }
}

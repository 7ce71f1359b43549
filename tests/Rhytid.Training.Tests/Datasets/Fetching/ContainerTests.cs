using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Fetching;

namespace Rhytid.Training.Tests.Datasets.Fetching;

/// <summary>Archives and indexes: downloaded or put there by hand, then used picture by picture.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly FetchBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_archive_is_fetched_once_and_gives_the_wanted_files()
    {
        _bench.Server.Serve("/all.zip", Zip(("m/00001.png", FetchBench.Png()), ("m/00002.png", FetchBench.Png(seed: 2)), ("m/00003.png", FetchBench.Png(seed: 3))));

        var first = await _bench.RunAsync(ArchivePart(), ["1"]);
        var second = await _bench.RunAsync(ArchivePart(), ["1", "3"]);

        Assert.True(first.IsComplete && second.IsComplete);
        Assert.Single(_bench.Server.Requests);
        Assert.Equal(["all.zip", "p/00000/00001.png", "p/00000/00003.png"], _bench.Files());
        Assert.Equal(FetchBench.Png(seed: 3), _bench.Read(3));
    }

    [Fact]
    public async Task Without_ids_an_archive_is_unpacked_whole()
    {
        _bench.Server.Serve("/all.zip", Zip(("m/00001.png", FetchBench.Png()), ("m/01002.png", FetchBench.Png()), ("m/readme.txt", [1]), ("m/", [])));

        var summary = await _bench.RunAsync(ArchivePart(), ids: null);

        Assert.True(summary.IsComplete);
        Assert.Equal(["all.zip", "p/00000/00001.png", "p/01000/01002.png"], _bench.Files());
    }

    [Fact]
    public async Task Files_that_are_all_there_need_no_archive()
    {
        Directory.CreateDirectory(_bench["p/00000"]);
        File.WriteAllBytes(_bench.PathOf(1), FetchBench.Png());

        var summary = await _bench.RunAsync(ArchivePart(), ["1"]);

        Assert.Equal(1, summary.Count(FetchOutcome.AlreadyThere));
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task One_more_folder_around_everything_is_understood()
    {
        _bench.Server.Serve("/all.zip", Zip(("release/m/00001.png", FetchBench.Png())));

        Assert.True((await _bench.RunAsync(ArchivePart(), ["1"])).IsComplete);
        File.Delete(_bench.PathOf(1));
        Assert.True((await _bench.RunAsync(ArchivePart(), ids: null)).IsComplete);
        Assert.Equal(FetchBench.Png(), _bench.Read(1));
    }

    [Fact]
    public async Task Names_that_climb_out_of_the_folder_go_nowhere()
    {
        _bench.Server.Serve("/all.zip", Zip(("../../m/00001.png", FetchBench.Png()), ("/etc/m/00002.png", FetchBench.Png()), ("..\\m\\00003.png", FetchBench.Png())));

        var summary = await _bench.RunAsync(ArchivePart(), ids: null);

        Assert.Equal(["all.zip", "p/00000/00001.png", "p/00000/00002.png", "p/00000/00003.png"], _bench.Files());
        Assert.True(summary.IsComplete);
        Assert.False(File.Exists(Path.Combine(_bench.Folder, "../m/00001.png")));
    }

    [Fact]
    public async Task An_id_in_an_archive_cannot_climb_either()
    {
        var part = ArchivePart() with { Path = IdTemplate.Parse("p/{id}/x.png") };
        part = part with { Archive = part.Archive! with { Member = IdTemplate.Parse("{id}/x.png") } };
        _bench.Server.Serve("/all.zip", Zip(("../x.png", FetchBench.Png()), ("anna/x.png", FetchBench.Png())));

        await _bench.RunAsync(part, ids: null);

        Assert.Equal(["all.zip", "p/anna/x.png"], _bench.Files());
    }

    [Fact]
    public async Task A_bomb_is_stopped_while_it_unpacks()
    {
        _bench.Server.Serve("/all.zip", Zip(("m/00001.png", new byte[50_000_000])));

        var summary = await _bench.RunAsync(ArchivePart(), ["1"]);

        Assert.Contains("unpacks to more than 1 MB", summary.Results[^1].Problem, StringComparison.Ordinal);
        Assert.Equal(["all.zip"], _bench.Files());
    }

    [Fact]
    public async Task What_is_wrong_inside_is_told_id_by_id()
    {
        var cut = FetchBench.Png()[..1000];
        _bench.Server.Serve("/all.zip", Zip(("m/00001.png", cut), ("m/00002.png", FetchBench.Png()), ("a/m/00003.png", cut), ("b/m/00003.png", cut)));

        var summary = await _bench.RunAsync(ArchivePart(("p/00000/00002.png", FetchBench.Sha256(cut))), ["1", "2", "3", "4"]);

        Assert.Equal(1, summary.Count(FetchOutcome.Fetched));
        Assert.Collection(
            summary.Results.Skip(1).Select(result => result.Problem!),
            problem => Assert.Contains("not a PNG picture, or is cut off", problem, StringComparison.Ordinal),
            problem => Assert.Contains("its SHA-256 is", problem, StringComparison.Ordinal),
            problem => Assert.Equal("all.zip holds m/00003.png more than once", problem),
            problem => Assert.Equal("all.zip does not hold m/00004.png", problem));
        Assert.Equal(["all.zip"], _bench.Files());
    }

    [Fact]
    public async Task A_damaged_archive_is_told_in_a_line()
    {
        var zip = Zip(("m/00001.png", FetchBench.Png()));
        _bench.Server.Serve("/all.zip", zip[..(zip.Length / 2)]);

        var error = await Assert.ThrowsAsync<DatasetException>(() => _bench.RunAsync(ArchivePart(), ["1"]));

        Assert.EndsWith("this is not a whole zip archive; delete it and fetch it again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_with_a_button_instead_of_the_archive_prints_the_note()
    {
        _bench.Server.Serve("/all.zip", Encoding.UTF8.GetBytes("<!DOCTYPE html><title>too large to scan</title>"));

        var summary = await _bench.RunAsync(ArchivePart(), ["1", "2"]);

        Assert.Contains("a web page instead of a zip archive", Assert.Single(summary.Results).Problem, StringComparison.Ordinal);
        Assert.Equal(new PartByHand("pictures", 2, "get it with a browser"), Assert.Single(summary.ByHand));
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task An_archive_without_an_address_is_used_when_it_is_there()
    {
        var part = ArchivePart();
        part = part with { Archive = part.Archive! with { Container = part.Archive.Container with { Url = null } } };

        var without = await _bench.RunAsync(part, ["1"]);
        File.WriteAllBytes(_bench["all.zip"], Zip(("m/00001.png", FetchBench.Png())));
        var with = await _bench.RunAsync(part, ["1"]);

        Assert.Equal(new PartByHand("pictures", 1, "get it with a browser"), Assert.Single(without.ByHand));
        Assert.False(without.IsComplete);
        Assert.True(with.IsComplete);
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    [SuppressMessage("Security", "CA5351", Justification = "FFHQ publishes MD5 and nothing else.")]
    public async Task An_index_gives_addresses_sizes_and_md5()
    {
        _bench.Server.Serve("/drive/a", FetchBench.Png());
        _bench.Server.Serve("/drive/b", FetchBench.Png(seed: 2));
        var md5 = Convert.ToHexStringLower(MD5.HashData(FetchBench.Png()));
        File.WriteAllText(_bench["index.json"], $$"""
            { "0": { "category": "training", "image": { "file_url": "{{_bench.Server.Root}}/drive/a", "file_size": 300000, "file_md5": "{{md5}}", "face_landmarks": [[1, 2], [3, 4]] } },
              "1": { "image": { "file_url": "{{_bench.Server.Root}}/drive/b", "file_size": 300000, "file_md5": "{{md5}}" } },
              "2": { "image": { "file_url": "{{_bench.Server.Root}}/drive/b", "file_size": 7 } } }
            """);

        var summary = await _bench.RunAsync(IndexPart(), ["00000", "00001", "00002", "00003"]);

        Assert.Equal(FetchBench.Png(), _bench.Read(0));
        Assert.Equal(1, summary.Count(FetchOutcome.Fetched));
        Assert.Collection(
            summary.Results.Skip(1).Select(result => result.Problem!),
            problem => Assert.Contains("its MD5 is", problem, StringComparison.Ordinal),
            problem => Assert.Equal("the server has 300000 bytes where 7 are published", problem),
            problem => Assert.Equal("the index does not list it", problem));
    }

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("{ \"0\": { \"thumbnail\": {} } }")]
    [InlineData("{ \"0\": { \"image\": { \"file_url\": \"no address\" } } }")]
    [InlineData("{ \"0\": { \"image\"")]
    public async Task Another_json_than_an_index_is_told_in_a_line(string json)
    {
        File.WriteAllText(_bench["index.json"], json);

        var error = await Assert.ThrowsAsync<DatasetException>(() => _bench.RunAsync(IndexPart(), ["0"]));

        Assert.Contains("not an index in the layout of ffhq-dataset-v2.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_that_do_not_fit_the_set_are_told_before_anything_is_contacted()
    {
        var error = await Assert.ThrowsAsync<DatasetException>(() => _bench.RunAsync("1", "anna"));

        Assert.Equal("the list of ids: 'anna' is not a number, as this set's ids are", error.Message);
        Assert.Empty(_bench.Server.Requests);
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }
        return memory.ToArray();
    }

    private SourcePart ArchivePart(params (string File, string Sha256)[] hashes) => _bench.Part(hashes) with
    {
        Url = null,
        Archive = new SourceArchive(
            new SourceContainer("all.zip", new Uri($"{_bench.Server.Root}/all.zip"), Checksum.Unknown, 10_000_000, "get it with a browser"), IdTemplate.Parse("m/{id:05}.png")),
    };

    private SourcePart IndexPart() => _bench.Part() with
    {
        Url = null,
        Index = new SourceIndex(new SourceContainer("index.json", null, Checksum.Unknown, 10_000_000, "by hand"), "image"),
    };
}

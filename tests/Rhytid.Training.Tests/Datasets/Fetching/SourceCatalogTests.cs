using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Fetching;

namespace Rhytid.Training.Tests.Datasets.Fetching;

public sealed class SourceCatalogTests : IDisposable
{
    private const string Good = """
        sets:
          faces:
            title: Some faces
            licence: CC0
            parts:
              images:
                path: images/{folder:05}/{id:05}.png
                url: https://example.org/{id}.png
                max-size: 2MB
              masks:
                path: masks/{id:05}.png
                archive: { file: masks.zip, url: https://example.org/masks.zip, member: "{id}.png", size: 1234 }
              list:
                path: list.txt
                url: https://example.org/list.txt
                sha256: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_becomes_records()
    {
        var set = SourceCatalog.Parse(Good, "s.yaml")["faces"];

        Assert.Equal(("Some faces", "CC0", null), (set.Title, set.Licence, set.Homepage));
        Assert.Equal(["images", "masks", "list"], set.Parts.Select(part => part.Name));
        Assert.Equal(2_000_000, set.Parts[0].MaxBytes);
        Assert.Equal("images/21000/21035.png", set.Parts[0].Path.Expand("21035"));
        Assert.Equal("https://example.org/21035.png", set.Parts[0].Url!.Expand("21035"));
        Assert.Equal(1234, set.Parts[1].Archive!.Container.Checksum.Size);
        Assert.Equal(FileContent.Png, set.Parts[1].Content);
        Assert.Equal(new string('a', 64), set.Parts[2].Sha256["list.txt"]);
    }

    [Fact]
    public void All_problems_come_at_once_with_their_lines()
    {
        var yaml = """
            sets:
              faces:
                title: Some faces
                license: CC0
                parts:
                  a:
                    path: ../{id}.png
                    url: ftp://example.org/{id}.png
                  b:
                    path: b/{id:x}.png
                    url: https://example.org/all.png
                    archive: { file: /etc/x.zip, sha256: abc }
                  c:
                    path: c.txt
                    max-size: huge
                  d: text
            extra: 1
            """;

        var error = Assert.Throws<DatasetException>(() => SourceCatalog.Parse(yaml, "s.yaml"));

        string[] expected =
        [
            "line 3: faces lacks 'licence'",
            "line 4: faces has no key 'license'; it may have: title, homepage, licence, parts",
            "line 7: faces: a: '../{id}.png' must be a path below the output folder",
            "line 8: faces: a: 'ftp://example.org/{id}.png' is no address; it must begin with https://",
            "line 10: faces: b: 'b/{id:x}.png': only {id}, {id:05}, {folder} and {folder:05} may stand in braces",
            "line 12: faces: b: archive needs url, or a note",
            "line 12: faces: b: archive: '/etc/x.zip' must be a path below the output folder",
            "line 12: faces: b: archive: 'abc' is not 64 hexadecimal digits",
            "faces: b has url and archive; only one of them can be meant",
            "faces: c needs url, archive or index, or a note that says how to get the files by hand",
            "line 15: faces: c: 'huge' is no size; write 20MB or 4096",
            "line 16: faces: d must hold keys and values",
            "line 17: the file has no key 'extra'",
        ];
        Assert.All(expected, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("sets: [", "this is not YAML")]
    [InlineData("", "no set in it")]
    [InlineData("sets: { a: 1, a: 2 }", "this is not YAML")]
    [InlineData("- x", "the file must hold keys and values")]
    [InlineData("sets: {}\n---\nsets: {}", "no set in it")]
    public void What_is_no_file_of_sources_is_told_in_a_line(string yaml, string expected)
    {
        var error = Assert.Throws<DatasetException>(() => SourceCatalog.Parse(yaml, "s.yaml"));

        Assert.StartsWith("s.yaml: line ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_come_by_id_or_from_a_list_of_sha256sum()
    {
        var (a, b) = (new string('a', 64), new string('b', 64));
        File.WriteAllText(_folder["sums.txt"], $"# made by sha256sum\n{a}  ./p/00001.png\n{b} *p/00002.png\n");
        File.WriteAllText(_folder["s.yaml"], $$"""
            sets:
              x:
                title: X
                licence: none
                parts:
                  p:
                    path: p/{id:05}.png
                    url: https://example.org/{id}
                    sha256-list: sums.txt
                    sha256: { 3: {{a}}, 00004: {{b}} }
            """);

        var hashes = SourceCatalog.Load(_folder["s.yaml"])["x"].Parts[0].Sha256;

        Assert.Equal((a, b, a, b), (hashes["p/00001.png"], hashes["p/00002.png"], hashes["p/00003.png"], hashes["p/00004.png"]));
    }

    [Fact]
    public void A_wrong_list_of_hashes_is_a_problem_of_the_file_that_names_it()
    {
        File.WriteAllText(_folder["sums.txt"], "abc  p/00001.png\njust-a-word\n");
        File.WriteAllText(_folder["s.yaml"], Good.Replace("max-size: 2MB", "sha256-list: sums.txt", StringComparison.Ordinal));

        var error = Assert.Throws<DatasetException>(() => SourceCatalog.Load(_folder["s.yaml"]));

        Assert.Contains("s.yaml: line 9: faces: images: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1: 'abc' is not 64 hexadecimal digits; line 2: a line holds a SHA-256 and a path", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{id}", "anna", "anna")]
    [InlineData("{id:05}", "7", "00007")]
    [InlineData("{id:05}", "00007", "00007")]
    [InlineData("{folder}/{id}", "21035", "21000/21035")]
    [InlineData("{folder:05}/{id:05}.png", "999", "00000/00999.png")]
    [InlineData("a.txt", "1", "a.txt")]
    public void Templates_expand_and_find_their_ids_again(string template, string id, string expected)
    {
        Assert.Equal(expected, IdTemplate.Parse(template).Expand(id));
        if (template.Contains("{id", StringComparison.Ordinal))
            Assert.Equal(expected, IdTemplate.Parse(template).Expand(IdTemplate.Parse(template).IdOf(expected)!));
    }

    [Theory]
    [InlineData("{folder:05}/{id:05}.png", "01000/00999.png")]
    [InlineData("{id:05}.png", "7.png")]
    [InlineData("{id}.png", "a/b.png")]
    public void Texts_that_no_id_gives_have_none(string template, string text) => Assert.Null(IdTemplate.Parse(template).IdOf(text));

    [Theory]
    [InlineData("1GB", 1_000_000_000L)]
    [InlineData("1.5 MiB", 1_572_864L)]
    [InlineData("20kb", 20_000L)]
    [InlineData("4096", 4096L)]
    [InlineData("0", null)]
    [InlineData("-1MB", null)]
    [InlineData("1,5GB", null)]
    [InlineData("99999999TB", null)]
    [InlineData("much", null)]
    public void Sizes(string text, long? expected)
    {
        Assert.Equal(expected is not null, ByteSize.TryParse(text, out var bytes));
        if (expected is not null)
            Assert.Equal(expected, bytes);
    }
}

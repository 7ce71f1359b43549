using System.Net;
using System.Net.Sockets;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests;

/// <summary><c>rhytid data fetch</c> as a user runs it. What a bad server can do is tested in Rhytid.Training.Tests.</summary>
public sealed class DataFetchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _server = new();
    private readonly string _root;
    private readonly byte[] _picture = TestPictures.Landscape(64, 48).Encode(ImageFormat.Png);
    private int _requests;

    public DataFetchCommandTests()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _root = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        _server.Prefixes.Add(_root);
        _server.Start();
        _ = ServeAsync();
        File.WriteAllText(_folder["ids.txt"], "# two\n1\n00002\n");
        File.WriteAllText(_folder["sources.yaml"], $$"""
            sets:
              faces:
                title: Faces
                licence: CC BY-NC-SA 4.0
                parts:
                  images: { path: "images/{id:05}.png", url: "{{_root}}good/{id:05}.png" }
                  pages: { path: "pages/{id:05}.png", url: "{{_root}}page/{id:05}.png", note: open it in a browser }
                  locked: { path: "locked/{id:05}.png", note: fill in the licence form first }
            """);
    }

    public void Dispose()
    {
        ((IDisposable)_server).Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_part_comes_and_the_second_time_is_there()
    {
        var first = Fetch("--part", "images");
        var second = Fetch("--part", "images");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("licence: CC BY-NC-SA 4.0", Assert.Single(first.ErrorLines, line => line.Contains("licence", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("fetched 2 files (", first.Output, StringComparison.Ordinal);
        Assert.Equal("fetched 0 files (0 B), already there 2, failed 0\n", second.Output);
        Assert.Equal(2, _requests);
        Assert.Equal(_picture, File.ReadAllBytes(_folder["out/images/00002.png"]));
    }

    [Fact]
    public void Web_pages_and_forms_are_told_and_exit_with_1()
    {
        var run = Fetch("--part", "pages", "--part", "locked");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["pages: 1: the server sent a web page instead of a PNG picture; it may ask for a login or a confirmation",
             "pages: 00002: the server sent a web page instead of a PNG picture; it may ask for a login or a confirmation",
             "pages: by hand: open it in a browser",
             "locked: by hand: fill in the licence form first"],
            run.ErrorLines.Where(line => line.StartsWith("error: ", StringComparison.Ordinal)).Select(line => line["error: ".Length..]));
        Assert.Equal("fetched 0 files (0 B), already there 0, failed 2, by hand: pages, locked\n", run.Output);
        Assert.Empty(Directory.GetFiles(_folder["out"], "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(2, "name a set: faces", "-o", "out")]
    [InlineData(2, "there is no set 'cats'; one of: faces", "cats", "-o", "out")]
    [InlineData(2, "--output DIR is missing", "faces")]
    [InlineData(2, "faces has no part 'masks'; one of: images, pages, locked", "faces", "-o", "out", "--part", "masks")]
    [InlineData(2, "--id-list FILE is missing: images is fetched id by id", "faces", "-o", "out")]
    [InlineData(2, "--parallel must be 1 to 64", "faces", "-o", "out", "--parallel", "0")]
    [InlineData(1, "none.txt: there is no such file", "faces", "-o", "out", "--id-list", "none.txt")]
    [InlineData(1, "is not a number", "faces", "-o", "out", "--part", "images", "--id-list", "@bad.txt")]
    public void Wrong_uses_are_told_in_a_line_and_contact_nobody(int exitCode, string expected, params string[] arguments)
    {
        File.WriteAllText(_folder["bad.txt"], "anna\n");
        var run = RhytidProcess.Run(["data", "fetch", "--sources", _folder["sources.yaml"], .. arguments.Select(argument => argument.StartsWith('@') ? _folder[argument[1..]] : argument)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines, line => line.StartsWith("error: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(0, _requests);
        Assert.False(Directory.Exists("out"));
    }

    [Fact]
    public void A_wrong_file_of_sources_is_told_in_a_line()
    {
        File.WriteAllText(_folder["wrong.yaml"], "sets:\n  x:\n    tittle: X\n");

        var run = RhytidProcess.Run("data", "fetch", "x", "-o", _folder["out"], "--sources", _folder["wrong.yaml"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 3: x has no key 'tittle'; it may have: title, homepage, licence, parts", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_sources_are_printed_and_can_be_read_again()
    {
        var printed = RhytidProcess.Run("data", "fetch", "--print-sources");
        File.WriteAllText(_folder["mine.yaml"], printed.Output);

        // Everything of FFHQ is listed in a file that only a browser can get: the note is the answer, and nobody is contacted.
        var run = RhytidProcess.Run("data", "fetch", "ffhq", "-o", _folder["out"], "--id-list", _folder["ids.txt"], "--sources", _folder["mine.yaml"]);

        Assert.Equal(0, printed.ExitCode);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("save ffhq-dataset-v2.json in the output folder", run.Error, StringComparison.Ordinal);
        Assert.Equal("fetched 0 files (0 B), already there 0, failed 0, by hand: images\n", run.Output);
    }

    private RhytidProcess Fetch(params string[] arguments) =>
        RhytidProcess.Run(["data", "fetch", "faces", "-o", _folder["out"], "--id-list", _folder["ids.txt"], "--sources", _folder["sources.yaml"], .. arguments]);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _server.GetContextAsync();
                Interlocked.Increment(ref _requests);
                var body = context.Request.Url!.AbsolutePath.StartsWith("/good/", StringComparison.Ordinal) ? _picture : "<!doctype html><title>Log in</title>"u8.ToArray();
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}

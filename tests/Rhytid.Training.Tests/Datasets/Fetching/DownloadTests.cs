using Rhytid.Training.Datasets.Fetching;

namespace Rhytid.Training.Tests.Datasets.Fetching;

/// <summary>A server does everything wrong that servers do; whatever gets a name afterwards is the file.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly FetchBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_good_server_in_one_go()
    {
        _bench.Server.Serve("/00007.png", FetchBench.Png());
        _bench.Server.Serve("/01234.png", FetchBench.Png(seed: 2));

        var summary = await _bench.RunAsync("7", "01234");

        Assert.True(summary.IsComplete);
        Assert.Equal(600_000, summary.Bytes);
        Assert.Equal(["p/00000/00007.png", "p/01000/01234.png"], _bench.Files());
        Assert.Equal(FetchBench.Png(seed: 2), _bench.Read(1234));
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_gone_on_with_where_it_broke()
    {
        var picture = FetchBench.Png();
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => tries++ switch
        {
            0 => exchange.SendAsync("200 OK", ["ETag: \"a\""], picture, cutAfter: 100_000),
            1 => exchange.SendAsync("206 Partial Content", ["ETag: \"a\"", "Content-Range: bytes 100000-299999/300000"], picture[100_000..], cutAfter: 50_000),
            _ => exchange.SendFileAsync(picture, "\"a\""),
        });

        var summary = await _bench.RunAsync("1");

        Assert.True(summary.IsComplete);
        Assert.Equal(picture, _bench.Read(1));
        Assert.Equal([null, "bytes=100000-", "bytes=150000-"], _bench.Server.Requests.Select(request => request.Range));
        Assert.Equal("\"a\"", _bench.Server.Requests.Last().Headers["if-range"]);
        Assert.Equal(300_000, summary.Bytes);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], _bench.Pauses);
        Assert.Equal(["p/00000/00001.png"], _bench.Files());
    }

    [Fact]
    public async Task A_second_run_goes_on_with_what_the_first_left()
    {
        var picture = FetchBench.Png();
        _bench.Options = _bench.Options with { Retries = 0 };
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["ETag: \"a\""], picture, cutAfter: 100_000));
        var first = await _bench.RunAsync("1");
        Assert.Equal("the connection broke off after 100000 of 300000 bytes", first.Results[0].Problem);
        Assert.Equal(["p/00000/00001.png.part", "p/00000/00001.png.part.from"], _bench.Files());

        _bench.Server.Serve("/00001.png", picture, "\"a\"");
        var second = await _bench.RunAsync("1");

        Assert.Equal(200_000, second.Bytes);
        Assert.Equal(picture, _bench.Read(1));
        Assert.Equal(["p/00000/00001.png"], _bench.Files());
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_begun_anew()
    {
        var (before, after) = (FetchBench.Png(seed: 1), FetchBench.Png(seed: 2));
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => tries++ == 0
            ? exchange.SendAsync("200 OK", ["ETag: \"a\""], before, cutAfter: 100_000)
            : exchange.SendFileAsync(after, "\"b\""));

        await _bench.RunAsync("1");

        Assert.Equal(after, _bench.Read(1));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_everything_again()
    {
        var picture = FetchBench.Png();
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT"], picture, cutAfter: tries++ == 0 ? 100_000 : null));

        var summary = await _bench.RunAsync("1");

        Assert.Equal(picture, _bench.Read(1));
        Assert.Equal("bytes=100000-", _bench.Server.Requests.Last().Range);
        Assert.Equal(400_000, summary.Bytes);
    }

    [Fact]
    public async Task Without_a_validator_nothing_is_gone_on_with()
    {
        var picture = FetchBench.Png();
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["ETag: W/\"weak\""], picture, cutAfter: tries++ == 0 ? 100_000 : null));

        await _bench.RunAsync("1");

        Assert.Equal(picture, _bench.Read(1));
        Assert.All(_bench.Server.Requests, request => Assert.Null(request.Range));
    }

    [Fact]
    public async Task Another_range_than_asked_for_is_not_glued_on()
    {
        var picture = FetchBench.Png();
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => tries++ switch
        {
            0 => exchange.SendAsync("200 OK", ["ETag: \"a\""], picture, cutAfter: 100_000),
            1 => exchange.SendAsync("206 Partial Content", ["ETag: \"a\"", "Content-Range: bytes 0-299999/300000"], picture),
            _ => exchange.SendFileAsync(picture, "\"a\""),
        });

        await _bench.RunAsync("1");

        Assert.Equal(picture, _bench.Read(1));
    }

    [Fact]
    public async Task All_bytes_came_but_the_last_step_was_missed()
    {
        var picture = FetchBench.Png();
        Directory.CreateDirectory(_bench["p/00000"]);
        File.WriteAllBytes(_bench["p/00000/00001.png.part"], picture);
        File.WriteAllText(_bench["p/00000/00001.png.part.from"], $"{_bench.Server.Root}/00001.png\n\"v1\"\n");
        _bench.Server.Serve("/00001.png", picture);

        var summary = await _bench.RunAsync("1");

        Assert.Equal((FetchOutcome.Fetched, 0L), (summary.Results[0].Outcome, summary.Results[0].Bytes));
        Assert.Equal(picture, _bench.Read(1));
    }

    [Fact]
    public async Task Leftovers_of_another_address_are_dropped()
    {
        Directory.CreateDirectory(_bench["p/00000"]);
        File.WriteAllBytes(_bench["p/00000/00001.png.part"], [1, 2, 3]);
        File.WriteAllText(_bench["p/00000/00001.png.part.from"], "http://elsewhere/1.png\n\"v1\"\n");
        _bench.Server.Serve("/00001.png", FetchBench.Png());

        await _bench.RunAsync("1");

        Assert.Equal(FetchBench.Png(), _bench.Read(1));
        Assert.Null(Assert.Single(_bench.Server.Requests).Range);
    }

    [Theory]
    [InlineData("{0}/00001.png\n\"unclosed\n")]
    [InlineData("{0}/00001.png\n\n")]
    [InlineData("{0}/00001.png")]
    [InlineData("")]
    public async Task Leftovers_of_unknown_version_are_dropped(string note)
    {
        Directory.CreateDirectory(_bench["p/00000"]);
        File.WriteAllBytes(_bench["p/00000/00001.png.part"], [1, 2, 3]);
        File.WriteAllText(_bench["p/00000/00001.png.part.from"], note.Replace("{0}", _bench.Server.Root, StringComparison.Ordinal));
        _bench.Server.Serve("/00001.png", FetchBench.Png());

        await _bench.RunAsync("1");

        Assert.Equal(FetchBench.Png(), _bench.Read(1));
        Assert.Null(Assert.Single(_bench.Server.Requests).Range);
    }

    [Fact]
    public async Task A_part_that_another_process_writes_is_left_to_it()
    {
        Directory.CreateDirectory(_bench["p/00000"]);
        using var other = new FileStream(_bench["p/00000/00001.png.part"], FileMode.Create, FileAccess.Write, FileShare.None);

        var summary = await _bench.RunAsync("1");

        Assert.StartsWith($"cannot write {_bench.PathOf(1)}", summary.Results[0].Problem, StringComparison.Ordinal);
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task A_length_that_is_too_large_ends_as_a_broken_connection()
    {
        _bench.Options = _bench.Options with { Retries = 2 };
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["Content-Length: 400000"], FetchBench.Png()));

        var summary = await _bench.RunAsync("1");

        Assert.Equal("the connection broke off after 300000 of 400000 bytes", summary.Results[0].Problem);
        Assert.Equal(3, _bench.Server.Requests.Count);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task A_length_that_is_too_small_cuts_the_picture_and_is_noticed()
    {
        _bench.Options = _bench.Options with { Retries = 1 };
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["ETag: \"a\"", "Content-Length: 200000"], FetchBench.Png()));

        var summary = await _bench.RunAsync("1");

        Assert.Equal("the picture is cut off; what came was removed", summary.Results[0].Problem);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Wrong_bytes_are_removed_and_not_asked_for_again()
    {
        _bench.Server.Serve("/00001.png", FetchBench.Png(seed: 2));
        var right = FetchBench.Sha256(FetchBench.Png(seed: 1));

        var summary = await _bench.RunAsync(_bench.Part(("p/00000/00001.png", right)), ["1"]);

        Assert.Equal($"its SHA-256 is {FetchBench.Sha256(FetchBench.Png(seed: 2))} where {right} is published; what came was removed", summary.Results[0].Problem);
        Assert.Single(_bench.Server.Requests);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Wrong_bytes_of_a_resumed_file_are_asked_for_once_more_from_the_start()
    {
        var picture = FetchBench.Png();
        Directory.CreateDirectory(_bench["p/00000"]);
        File.WriteAllBytes(_bench["p/00000/00001.png.part"], FetchBench.Png(seed: 2)[..1000]);
        File.WriteAllText(_bench["p/00000/00001.png.part.from"], $"{_bench.Server.Root}/00001.png\n\"v1\"\n");
        _bench.Server.Serve("/00001.png", picture);

        var summary = await _bench.RunAsync(_bench.Part(("p/00000/00001.png", FetchBench.Sha256(picture))), ["1"]);

        Assert.True(summary.IsComplete);
        Assert.Equal(["bytes=1000-", null], _bench.Server.Requests.Select(request => request.Range));
        Assert.Equal(picture, _bench.Read(1));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><title>Google Drive - Virus scan warning</title></html>")]
    [InlineData("\n\n  <HTML><body>please log in</body>")]
    public async Task A_web_page_is_no_picture(string page)
    {
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["Content-Type: image/png", "ETag: \"a\""], System.Text.Encoding.UTF8.GetBytes(page)));

        var summary = await _bench.RunAsync("1");

        Assert.Contains("a web page instead of a PNG picture", summary.Results[0].Problem, StringComparison.Ordinal);
        Assert.Single(_bench.Server.Requests);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Other_bytes_and_no_bytes_are_no_picture()
    {
        _bench.Server.Serve("/00001.png", "GIF89a"u8.ToArray());
        _bench.Server.Serve("/00002.png", []);

        var summary = await _bench.RunAsync("1", "2");

        Assert.Equal(["what the server sent is not a PNG picture", "the server sent an empty file"], summary.Results.Select(result => result.Problem));
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Busy_then_ready_waits_as_long_as_the_server_asks()
    {
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => tries++ switch
        {
            0 => exchange.SendAsync("503 Service Unavailable", ["Retry-After: 7"], []),
            1 => exchange.SendAsync("429 Too Many Requests", [], []),
            _ => exchange.SendFileAsync(FetchBench.Png(), "\"a\""),
        });

        var summary = await _bench.RunAsync("1");

        Assert.True(summary.IsComplete);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2)], _bench.Pauses);
    }

    [Fact]
    public async Task A_server_that_wants_an_hour_is_not_waited_for()
    {
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("503 Service Unavailable", ["Retry-After: 3600"], []));

        var summary = await _bench.RunAsync("1");

        Assert.Equal("the server answers 503 Service Unavailable; it asks to wait 60 minutes", summary.Results[0].Problem);
        Assert.Empty(_bench.Pauses);
    }

    [Fact]
    public async Task Tries_end()
    {
        _bench.Options = _bench.Options with { Retries = 3 };
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("500 Internal Server Error", [], []));

        var summary = await _bench.RunAsync("1");

        Assert.Equal("the server answers 500 Internal Server Error", summary.Results[0].Problem);
        Assert.Equal(4, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task Missing_files_are_named_and_the_others_come()
    {
        _bench.Server.Serve("/00002.png", FetchBench.Png());

        var summary = await _bench.RunAsync("1", "2", "3");

        Assert.Equal([FetchOutcome.Failed, FetchOutcome.Fetched, FetchOutcome.Failed], summary.Results.Select(result => result.Outcome));
        Assert.Equal("the server answers 404 Not Found: there is no such file", summary.Results[2].Problem);
        Assert.Equal(3, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_goes_silent_counts_as_broken()
    {
        _bench.Options = _bench.Options with { StallTimeout = TimeSpan.FromMilliseconds(300) };
        var picture = FetchBench.Png();
        var tries = 0;
        _bench.Server.On("/00001.png", exchange => tries++ == 0
            ? exchange.HangAsync(["ETag: \"a\"", "Content-Length: 300000"], picture[..1000])
            : exchange.SendFileAsync(picture, "\"a\""));

        var summary = await _bench.RunAsync("1");

        Assert.True(summary.IsComplete);
        Assert.Equal("bytes=1000-", _bench.Server.Requests.Last().Range);
        Assert.Equal(picture, _bench.Read(1));
    }

    [Fact]
    public async Task A_server_that_never_answers_counts_as_broken()
    {
        _bench.Options = _bench.Options with { StallTimeout = TimeSpan.FromMilliseconds(200), Retries = 1 };
        _bench.Server.On("/00001.png", _ => Task.Delay(Timeout.Infinite));

        var summary = await _bench.RunAsync("1");

        Assert.Equal("the server sent nothing for 0.2 s", summary.Results[0].Problem);
        Assert.Empty(_bench.Files());
    }

    [Theory]
    [InlineData("Content-Length: 2000000", 300_000)]
    [InlineData("Transfer-Encoding: identity", 2_000_000)]
    public async Task A_file_above_the_limit_is_dropped(string header, int length)
    {
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("200 OK", ["ETag: \"a\"", header], FetchBench.Png(length)));

        var summary = await _bench.RunAsync("1");

        Assert.Contains("larger than 1 MB", summary.Results[0].Problem, StringComparison.Ordinal);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Redirects_are_followed_but_not_in_circles()
    {
        _bench.Server.Serve("/real.png", FetchBench.Png());
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("302 Found", ["Location: /real.png"], []));
        _bench.Server.On("/00002.png", exchange => exchange.SendAsync("302 Found", ["Location: /00002.png"], []));

        var summary = await _bench.RunAsync("1", "2");

        Assert.Equal(FetchBench.Png(), _bench.Read(1));
        Assert.Equal("the server redirects more than 10 times", summary.Results[1].Problem);
    }

    [Fact]
    public async Task Plain_http_to_another_machine_is_refused_before_it_is_contacted()
    {
        _bench.Server.On("/00001.png", exchange => exchange.SendAsync("302 Found", ["Location: http://example.org/1.png"], []));
        var direct = _bench.Part() with { Url = IdTemplate.Parse("http://example.org/{id}.png") };

        Assert.Equal("http://example.org is not https; use --allow-http if that is meant", (await _bench.RunAsync(direct, ["1"])).Results[0].Problem);
        Assert.Contains("redirects to another address: http://example.org is not https", (await _bench.RunAsync("1")).Results[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_is_skipped_and_checked_where_a_hash_is_known()
    {
        var part = _bench.Part(("p/00000/00001.png", FetchBench.Sha256(FetchBench.Png())), ("p/00000/00002.png", FetchBench.Sha256(FetchBench.Png())));
        Directory.CreateDirectory(_bench["p/00000"]);
        File.WriteAllBytes(_bench.PathOf(1), FetchBench.Png());
        File.WriteAllBytes(_bench.PathOf(2), FetchBench.Png(seed: 2));
        File.WriteAllBytes(_bench.PathOf(3), [1]);

        var summary = await _bench.RunAsync(part, ["1", "2", "3"]);

        Assert.Equal([FetchOutcome.AlreadyThere, FetchOutcome.Failed, FetchOutcome.AlreadyThere], summary.Results.Select(result => result.Outcome));
        Assert.Contains("delete it to fetch it again", summary.Results[1].Problem, StringComparison.Ordinal);
        Assert.Empty(_bench.Server.Requests);
        Assert.Equal(FetchBench.Png(seed: 2), _bench.Read(2));
    }

    [Fact]
    public async Task Ten_refusals_in_a_row_are_enough()
    {
        for (var id = 0; id < 40; id++)
            _bench.Server.On($"/{id:00000}.png", exchange => exchange.SendAsync("403 Forbidden", [], []));

        var summary = await _bench.RunAsync([.. Enumerable.Range(0, 40).Select(id => $"{id}")]);

        Assert.Equal((10, 30), (summary.Count(FetchOutcome.Failed), summary.Count(FetchOutcome.NotTried)));
        Assert.Equal(10, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_what_came_and_the_next_goes_on()
    {
        var picture = FetchBench.Png();
        using var interrupt = new CancellationTokenSource();
        _bench.Server.On("/00001.png", exchange => exchange.HangAsync(["ETag: \"a\"", "Content-Length: 300000"], picture[..50_000]));
        _bench.OnReceived = present =>
        {
            if (present == 50_000)
                interrupt.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(_bench.Part(), ["1"], interrupt.Token));
        _bench.Server.Serve("/00001.png", picture, "\"a\"");
        var summary = await _bench.RunAsync("1");

        Assert.Equal(250_000, summary.Bytes);
        Assert.Equal(picture, _bench.Read(1));
    }

    [Fact]
    public async Task Many_at_once_come_out_in_order()
    {
        _bench.Options = _bench.Options with { Parallel = 8 };
        for (var id = 0; id < 50; id++)
            _bench.Server.Serve($"/{id:00000}.png", FetchBench.Png(5000 + id, id));

        var summary = await _bench.RunAsync([.. Enumerable.Range(0, 50).Select(id => $"{id}")]);

        Assert.True(summary.IsComplete);
        Assert.Equal(Enumerable.Range(0, 50).Select(id => $"{id}"), summary.Results.Select(result => result.Id));
        Assert.All(Enumerable.Range(0, 50), id => Assert.Equal(FetchBench.Png(5000 + id, id), _bench.Read(id)));
    }
}

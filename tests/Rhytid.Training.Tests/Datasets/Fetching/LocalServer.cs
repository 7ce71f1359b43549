using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rhytid.Training.Tests.Datasets.Fetching;

/// <summary>A web server that does what it is told, good or bad: it speaks HTTP over a bare socket so that it can also break it.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Func<Exchange, Task>> _answers = new();

    public LocalServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Root => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public ConcurrentQueue<Exchange> Requests { get; } = new();

    public void On(string path, Func<Exchange, Task> answer) => _answers[path] = answer;

    /// <summary>Serves bytes as a good server does: with ranges and an ETag.</summary>
    public void Serve(string path, byte[] bytes, string etag = "\"v1\"") => On(path, exchange => exchange.SendFileAsync(bytes, etag));

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var exchange = await Exchange.ReadAsync(client, _stop.Token);
                Requests.Enqueue(exchange);
                await (_answers.TryGetValue(exchange.Path, out var answer) ? answer(exchange) : exchange.SendAsync("404 Not Found", [], []));
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
                // The other side hung up.
            }
        }
    }

    /// <summary>One request and the means to answer it.</summary>
    internal sealed class Exchange
    {
        private readonly TcpClient _client;
        private readonly CancellationToken _stop;

        private Exchange(TcpClient client, string path, Dictionary<string, string> headers, CancellationToken stop) =>
            (_client, Path, Headers, _stop) = (client, path, headers, stop);

        public string Path { get; }

        public IReadOnlyDictionary<string, string> Headers { get; }

        public string? Range => Headers.GetValueOrDefault("range");

        public static async Task<Exchange> ReadAsync(TcpClient client, CancellationToken stop)
        {
            var reader = new StreamReader(client.GetStream(), Encoding.ASCII, false, 1024, leaveOpen: true);
            var path = (await reader.ReadLineAsync(stop) ?? throw new IOException("no request")).Split(' ')[1];
            var headers = new Dictionary<string, string>();
            while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
                headers[line.Split(':', 2)[0].ToLowerInvariant()] = line.Split(':', 2)[1].Trim();
            return new Exchange(client, path, headers, stop);
        }

        public async Task SendFileAsync(byte[] bytes, string etag)
        {
            var from = Range is { } range && Headers.GetValueOrDefault("if-range", etag) == etag
                ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
                : -1;
            if (from >= bytes.Length)
                await SendAsync("416 Range Not Satisfiable", [$"Content-Range: bytes */{bytes.Length}"], []);
            else if (from >= 0)
                await SendAsync("206 Partial Content", [$"ETag: {etag}", $"Content-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}"], bytes[from..]);
            else
                await SendAsync("200 OK", [$"ETag: {etag}"], bytes);
        }

        /// <summary>Sends an answer; the length is the body's unless a header says otherwise.</summary>
        public async Task SendAsync(string status, string[] headers, byte[] body, int? cutAfter = null)
        {
            var head = new StringBuilder($"HTTP/1.1 {status}\r\nConnection: close\r\n");
            foreach (var header in headers)
                head.Append(header).Append("\r\n");
            if (!headers.Any(header => header.StartsWith("Content-Length:", StringComparison.Ordinal)))
                head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
            var stream = _client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), _stop);
            await stream.WriteAsync(body.AsMemory(0, cutAfter ?? body.Length), _stop);
            await stream.FlushAsync(_stop);
            _client.Client.Shutdown(SocketShutdown.Send);
        }

        /// <summary>Sends the header and some bytes, then nothing more and never hangs up.</summary>
        public async Task HangAsync(string[] headers, byte[] start)
        {
            var head = $"HTTP/1.1 200 OK\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n";
            await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), _stop);
            await _client.GetStream().WriteAsync(start, _stop);
            await Task.Delay(Timeout.Infinite, _stop);
        }
    }
}

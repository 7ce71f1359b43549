using System.Net;
using System.Net.Http.Headers;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>
/// GET requests that never leave https unasked: redirects are followed by hand, because each new address needs the same check.
/// No cookies, no credentials.
/// </summary>
internal sealed class HttpSource : IDisposable
{
    private const int MaxRedirects = 10;

    private readonly FetchOptions _options;
    private readonly HttpClient _client;

    public HttpSource(FetchOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Proxy = new ProxyForOthers(HttpClient.DefaultProxy),
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.StallTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        // Waiting is limited where it happens, for each read; a whole picture may take as long as it takes.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("rhytid/0.1 (data fetch)");
    }

    /// <summary>Why an address is not contacted, or null.</summary>
    public static string? ProblemOf(Uri url, FetchOptions options) =>
        url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && (url.IsLoopback || options.AllowHttp)
            ? null
            : $"{url.GetLeftPart(UriPartial.Authority)} is not https{(url.Scheme == Uri.UriSchemeHttp ? "; use --allow-http if that is meant" : "")}";

    /// <summary>Asks for a file from a byte on, and waits for the header of the answer.</summary>
    /// <param name="url">Where.</param>
    /// <param name="from">The first byte wanted.</param>
    /// <param name="validator">Of which version, where <paramref name="from"/> is not 0.</param>
    /// <param name="token">Ends the waiting.</param>
    public async Task<HttpResponseMessage> GetAsync(Uri url, long from, string? validator, CancellationToken token)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            if (ProblemOf(url, _options) is { } problem)
                throw new TransferException(redirects == 0 ? problem : $"the server redirects to another address: {problem}", TransferFault.Refused);
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (from > 0)
            {
                request.Headers.Range = new RangeHeaderValue(from, null);
                request.Headers.IfRange = RangeConditionHeaderValue.Parse(validator!);
            }
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                return response;
            var next = response.Headers.Location;
            response.Dispose();
            url = next is null ? throw new TransferException("the server redirects to nowhere", TransferFault.File) : new Uri(url, next);
        }
        throw new TransferException($"the server redirects more than {MaxRedirects} times", TransferFault.Refused);
    }

    /// <summary>What names this version of the file in a later request: a strong ETag, else the date; null where the server gives neither.</summary>
    public static string? ValidatorOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : response.Content.Headers.LastModified?.ToString("R");

    public void Dispose() => _client.Dispose();

    /// <summary>The proxy that the environment names, but never for this machine itself.</summary>
    private sealed class ProxyForOthers(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => proxy.Credentials;
            set => proxy.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}

using System.Net;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>
/// Brings one file over the network: resumes what is there, tries again what breaks, and lets nothing by that is not the file.
/// </summary>
/// <param name="source">Where requests go.</param>
/// <param name="options">How patiently.</param>
/// <param name="pause">Waits between tries.</param>
internal sealed class Downloader(HttpSource source, FetchOptions options, Func<TimeSpan, CancellationToken, Task> pause)
{
    private const int BufferBytes = 1 << 17;

    /// <returns>Bytes that came over the network.</returns>
    /// <exception cref="TransferException">The file could not be had.</exception>
    public async Task<long> FetchAsync(FetchFile file, IFetchProgress progress, CancellationToken token)
    {
        var received = 0L;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await AttemptAsync(file, (count, present, total) =>
                {
                    received += count;
                    progress.Received(file.Name, count, present, total);
                }, token);
                return received;
            }
            catch (TransferException error) when (error.IsTransient && attempt < options.Retries)
            {
                await pause(PauseAfter(error, attempt), token);
            }
        }
    }

    private TimeSpan PauseAfter(TransferException error, int attempt)
    {
        if (error.RetryAfter is not { } asked)
            return TimeSpan.FromTicks(Math.Min(options.LongestPause.Ticks, options.FirstPause.Ticks << Math.Min(attempt, 20)));
        return asked <= options.LongestPause
            ? asked
            : throw new TransferException($"{error.Message}; it asks to wait {asked.TotalMinutes:0} minutes", TransferFault.Refused, error);
    }

    private async Task AttemptAsync(FetchFile file, Action<int, long, long?> received, CancellationToken token)
    {
        using var part = PartFile.Open(file.Target, file.Url);
        var resumed = part.Length;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(token);
        try
        {
            deadline.CancelAfter(options.StallTimeout);
            using var response = await source.GetAsync(file.Url, resumed, part.Validator, deadline.Token);
            if (response.StatusCode != HttpStatusCode.PartialContent)
                resumed = 0;
            if (Begin(part, response) is var total && !IsWhole(part, response))
            {
                RequireSize(file, part, total);
                await ReceiveAsync(file, part, response, total, received, deadline);
            }
        }
        catch (OperationCanceledException error) when (!token.IsCancellationRequested)
        {
            throw new TransferException($"the server sent nothing for {options.StallTimeout.TotalSeconds:0.#} s", TransferFault.Passing, error);
        }
        catch (HttpRequestException error)
        {
            throw new TransferException(Describe(error), error.HttpRequestError is HttpRequestError.SecureConnectionError ? TransferFault.Refused : TransferFault.Passing, error);
        }
        Verify(file, part, wasResumed: resumed > 0);
        part.Finish();
    }

    // Where the answer's bytes go: behind what is here, or in its place.
    private static long? Begin(PartFile part, HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.Restart(HttpSource.ValidatorOf(response));
                return response.Content.Headers.ContentLength;
            case HttpStatusCode.PartialContent:
                var range = response.Content.Headers.ContentRange;
                if (range is { From: { } from } && from == part.Length && part.Length > 0)
                    return range.Length;
                part.Discard();
                throw new TransferException("the server sent another part of the file than was asked for", TransferFault.Damaged);
            case HttpStatusCode.RequestedRangeNotSatisfiable when IsWhole(part, response):
                return part.Length;
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Discard();
                throw new TransferException("the file became shorter meanwhile", TransferFault.Damaged);
            default:
                throw Refusal(response);
        }
    }

    // All bytes came before, only the last step was missed.
    private static bool IsWhole(PartFile part, HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0 && response.Content.Headers.ContentRange?.Length == part.Length;

    private async Task ReceiveAsync(FetchFile file, PartFile part, HttpResponseMessage response, long? total, Action<int, long, long?> received, CancellationTokenSource deadline)
    {
        var buffer = new byte[BufferBytes];
        await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
        var isHeadSeen = part.Length >= FileContents.HeadBytes;
        while (true)
        {
            deadline.CancelAfter(options.StallTimeout);
            int count;
            try
            {
                count = await body.ReadAsync(buffer, deadline.Token);
            }
            catch (IOException error)
            {
                throw BrokenOff(part, total, error);
            }
            if (count == 0)
                break;
            part.Append(buffer.AsSpan(0, count));
            received(count, part.Length, total);
            RequireSize(file, part, total);
            // A page of a hundred kilobytes need not come whole before it is known for what it is.
            if (!isHeadSeen && part.Length >= FileContents.HeadBytes)
            {
                RequireHead(file, part);
                isHeadSeen = true;
            }
        }
        if (part.Length < total)
            throw BrokenOff(part, total, null);
    }

    private static void RequireSize(FetchFile file, PartFile part, long? total)
    {
        string? problem = null;
        if (file.Checksum.Size is { } published && total is { } said && said != published)
            problem = $"the server has {said} bytes where {published} are published";
        else if (part.Length > file.MaxBytes || total > file.MaxBytes)
            problem = $"the file is larger than {ByteSize.Format(file.MaxBytes)}, the limit in the file of sources (max-size)";
        else if (part.Length > total)
            problem = $"the server sent more than the {total} bytes that it announced";
        if (problem is null)
            return;
        part.Discard();
        throw new TransferException(problem, TransferFault.File);
    }

    private static void RequireHead(FetchFile file, PartFile part)
    {
        var head = new byte[FileContents.HeadBytes];
        part.Stream.Position = 0;
        var length = part.Stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        part.Stream.Seek(0, SeekOrigin.End);
        var start = head.AsSpan(0, length);
        if (FileContents.IsWebPage(start))
        {
            part.Discard();
            throw new TransferException($"the server sent a web page instead of {FileContents.Name(file.Content)}; it may ask for a login or a confirmation", TransferFault.Refused);
        }
        if (FileContents.Starts(file.Content, start))
            return;
        part.Discard();
        throw new TransferException(length == 0 ? "the server sent an empty file" : $"what the server sent is not {FileContents.Name(file.Content)}", TransferFault.File);
    }

    private static void Verify(FetchFile file, PartFile part, bool wasResumed)
    {
        RequireHead(file, part);
        var isCut = !FileContents.Ends(file.Content, part.Stream);
        if ((isCut ? "the picture is cut off" : file.Checksum.ProblemOf(part.Stream)) is not { } problem)
            return;
        part.Discard();
        // Bytes of two versions may have met, or a proxy cut the file: from the start it may come out right.
        throw new TransferException($"{problem}; what came was removed", wasResumed || isCut ? TransferFault.Damaged : TransferFault.File);
    }

    private static TransferException BrokenOff(PartFile part, long? total, Exception? error) =>
        new($"the connection broke off after {part.Length}{(total is { } all ? $" of {all}" : "")} bytes", TransferFault.Passing, error);

    private static TransferException Refusal(HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        var answer = $"the server answers {code}{(response.ReasonPhrase is { Length: > 0 } reason ? $" {reason}" : "")}";
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new TransferException(answer, TransferFault.Passing) { RetryAfter = RetryAfter(response) },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new TransferException($"{answer}; it may ask for a login, or its quota is used up", TransferFault.Refused),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new TransferException($"{answer}: there is no such file", TransferFault.File),
            _ => new TransferException(answer, TransferFault.File),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        return wait is { } time && time < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string Describe(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the server's name is not known; is this machine online?",
        HttpRequestError.SecureConnectionError => $"the secure connection failed ({error.InnerException?.Message ?? error.Message})",
        HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse => "the server broke off before its answer was whole",
        _ => $"no connection ({error.Message})",
    };
}

using System.Net.Http.Headers;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>
/// The bytes of a file that are here so far, in <c>{target}.part</c>. Beside it <c>{target}.part.from</c> remembers address and
/// validator (ETag or date): without them nobody could tell whether the rest belongs to the same file.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _target;
    private readonly string _url;
    private FileStream? _stream;

    private PartFile(string target, string url, FileStream stream) => (_target, _url, _stream) = (target, url, stream);

    /// <summary>What the server called the version of which bytes are here, or null where there are none.</summary>
    public string? Validator { get; private set; }

    public long Length => Stream.Length;

    public Stream Stream => _stream ?? throw new ObjectDisposedException(PathOf(_target));

    public static string PathOf(string target) => $"{target}.part";

    /// <exception cref="TransferException">It cannot be opened: no place, no right, or another process writes it.</exception>
    public static PartFile Open(string target, Uri url)
    {
        return Local(target, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            var stream = new FileStream(PathOf(target), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            var part = new PartFile(target, url.AbsoluteUri, stream);
            part.Recall();
            return part;
        });
    }

    /// <summary>Drops what is here and begins with another version.</summary>
    /// <param name="validator">What the server calls it; null where it has no name, so that it cannot be gone on with later.</param>
    public void Restart(string? validator) => Local(_target, () =>
    {
        Stream.SetLength(0);
        Stream.Position = 0;
        Validator = validator;
        if (validator is null)
            File.Delete(NotePath);
        else
            File.WriteAllText(NotePath, $"{_url}\n{validator}\n");
        return true;
    });

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stream.Write(bytes);
        }
        catch (IOException error)
        {
            throw CannotWrite(_target, error);
        }
    }

    /// <summary>Gives the file its name. It appears whole or not at all.</summary>
    public void Finish() => Local(_target, () =>
    {
        _stream!.Flush(flushToDisk: true);
        Close();
        File.Move(PathOf(_target), _target, overwrite: true);
        File.Delete(NotePath);
        return true;
    });

    /// <summary>Removes what is here: it is not what was wanted.</summary>
    public void Discard() => Local(_target, () =>
    {
        Close();
        File.Delete(PathOf(_target));
        File.Delete(NotePath);
        return true;
    });

    public void Dispose()
    {
        if (_stream is null)
            return;
        var isOfNoUse = _stream.Length == 0 || Validator is null;
        Close();
        if (!isOfNoUse)
            return;
        try
        {
            File.Delete(PathOf(_target));
            File.Delete(NotePath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is left is begun anew next time.
        }
    }

    private string NotePath => $"{PathOf(_target)}.from";

    private void Recall()
    {
        var note = File.Exists(NotePath) ? File.ReadAllLines(NotePath) : [];
        if (note is [var url, var validator] && url == _url && Stream.Length > 0 && RangeConditionHeaderValue.TryParse(validator, out _))
            Validator = validator;
        else
            Stream.SetLength(0);
        Stream.Seek(0, SeekOrigin.End);
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private static T Local<T>(string target, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(target, error);
        }
    }

    private static TransferException CannotWrite(string target, Exception error) =>
        new($"cannot write {target} ({(error is UnauthorizedAccessException ? "permission denied" : error.Message)})", TransferFault.Refused, error);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Rhytid.Cli.Terminal;
using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Cli.Commands;

/// <summary>
/// One call of <c>rhytid synthesize wrinkles</c>: all photos, side by side. Pictures that are there are not made again.
/// </summary>
internal sealed class SynthesizeWrinklesRun(WrinklePainter painter, FaceFinder finder, WrinklePaintOptions options)
{
    private readonly SkinColorModel _skin = new();
    private readonly FailureList _failures = new();
    private readonly ConcurrentDictionary<string, string> _skipped = new();
    private int _painted, _alreadyThere;

    public required string Output { get; init; }
    public required int Seed { get; init; }
    public required int PerFace { get; init; }
    public required bool Whole { get; init; }
    public required int? JpegQuality { get; init; }
    public required int Threads { get; init; }
    public required ImageLoadOptions Load { get; init; }

    public async Task<int> RunAsync(string folder, int? count, CancellationToken token)
    {
        var jobs = Jobs(folder, count ?? int.MaxValue);
        AtomicFile.RemoveUnfinished(
            jobs.SelectMany(job => Enumerable.Range(0, job.Pictures).SelectMany(number => Targets(Id(job, number)))));
        ThreadShare.Set(jobs.Count, Threads, usesTorch: true);
        await _failures.GuardEachAsync(
            "painting wrinkles", jobs, job => job.Photo.Name, Threads, job => Paint(job, token), token);
        foreach (var (name, reason) in _skipped.OrderBy(skipped => skipped.Key, StringComparer.Ordinal))
            Messages.Warning($"{name}: skipped, {reason}");
        Console.WriteLine(
            $"written: {_painted} {(_painted == 1 ? "picture" : "pictures")} in {Output} (images, masks, skin_masks, wrinkles)"
                + (_alreadyThere > 0 ? $"; {Counted.Were(_alreadyThere)} there already" : ""));
        var code = _failures.Report(jobs.Count);
        return _painted + _alreadyThere == 0 ? ExitCodes.SomeFailed : code;
    }

    private List<Job> Jobs(string folder, int most)
    {
        if (!Directory.Exists(folder))
            throw new CommandException($"--faces {folder}: there is no such folder", ExitCodes.SomeFailed);
        var (from, to) = (WithSeparator(folder), WithSeparator(Output));
        if (to.StartsWith(from, StringComparison.Ordinal))
            throw new CommandException(
                "-o lies inside --faces: the pictures would be taken for photos at the next call; choose another folder");
        var jobs = new List<Job>();
        foreach (var photo in PhotoPaths.Expand([folder], Output))
        {
            if (most <= 0)
                break;
            jobs.Add(
                new Job(
                    photo, Flat(photo.OutputStem, Output), Flat(Path.ChangeExtension(photo.Path!, null), folder),
                    Math.Min(PerFace, most)));
            most -= PerFace;
        }
        if (jobs.GroupBy(job => job.Id).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new CommandException(
                $"{same.First().Photo.Name} and {same.Last().Photo.Name} would write the same files; rename one of them");
        return jobs;

        static string WithSeparator(string path) =>
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
        static string Flat(string path, string root) =>
            Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '_');
    }

    private void Paint(Job job, CancellationToken token)
    {
        var open = Enumerable.Range(0, job.Pictures).Where(number => !IsThere(Id(job, number))).ToList();
        Interlocked.Add(ref _alreadyThere, job.Pictures - open.Count);
        if (open.Count == 0)
            return;
        var photo = job.Photo.Load(Load);
        var (face, reason) = PhotoFace.Find(photo, finder, _skin, Whole, token);
        if (face is null)
        {
            _skipped[job.Photo.Name] = reason!;
            return;
        }
        foreach (var number in open)
        {
            token.ThrowIfCancellationRequested();
            var seed = PictureSeed.Of(Seed, job.SeedName, number);
            Write(Id(
                job,
                number),
                    Path.GetFileName(job.Photo.Path!), seed,
                    painter.Paint(photo, face.Landmarks, face.Skin, seed, options));
            Interlocked.Increment(ref _painted);
        }
    }

    private void Write(string id, string face, int seed, WrinkledFace painted)
    {
        var image = JpegQuality is { } quality
            ? painted.Image.Encode(ImageFormat.Jpeg, quality)
            : painted.Image.Encode(ImageFormat.Png);
        byte[][] contents =
        [
            painted.WrinkleMask.Encode(ImageFormat.Png),
            painted.SkinMask.Encode(ImageFormat.Png),
            Encoding.UTF8.GetBytes(WrinkleRecord.ToJson(id, face, seed, painted) + "\n"),
            image,
        ];
        var files = Targets(id).Zip(contents).ToList();
        files.ForEach(file => OutputFolder.Make(file.First));
        AtomicFile.WriteAll([.. files.Select(file => (file.First, file.Second))]);
    }

    // The picture comes last: it is there only when all of its companions are.
    private string[] Targets(string id) =>
    [
        Path.Combine(Output, "masks", $"{id}.png"), Path.Combine(Output, "skin_masks", $"{id}.png"),
        Path.Combine(Output, "wrinkles", $"{id}.json"),
            Path.Combine(Output, "images", id + (JpegQuality is null ? ".png" : ".jpg")),
        ];

    private bool IsThere(string id) => Array.TrueForAll(Targets(id), File.Exists);

    private static string Id(Job job, int number) => string.Create(CultureInfo.InvariantCulture, $"{job.Id}_{number}");

    /// <summary>The pictures of one photo.</summary>
    /// <param name="Photo">The photo.</param>
    /// <param name="Id">What its results are called.</param>
    /// <param name="SeedName">What its seed is made from: unlike the id, it is the same when a photo of the same name
    /// and another format turns up.</param>
    /// <param name="Pictures">How many.</param>
    private sealed record Job(PhotoPath Photo, string Id, string SeedName, int Pictures);
}

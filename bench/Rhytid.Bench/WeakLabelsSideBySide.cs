using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Bench.SideBySide;

namespace Rhytid.Bench;

/// <summary>
/// Weak labels end to end (read, decode, grey, blur, mask from parsing labels, encode, write) beside OpenCV merely
/// decoding the same photos and encoding the same finished maps, at each PNG level.
/// </summary>
/// <remarks>
/// <c>dotnet run -c Release --project bench/Rhytid.Bench -- weak-labels [--data DIR] [--count 24] [--rounds 5]
/// [--threads 2]</c>
/// </remarks>
internal static class WeakLabelsSideBySide
{
    private const int WarmUps = 5;

    private static readonly int[] Levels = [1, 3, 6, 9];

    public static int Run(IReadOnlyList<string> arguments)
    {
        var rounds = int.Parse(Option(arguments, "--rounds") ?? "5", CultureInfo.InvariantCulture);
        var count = int.Parse(Option(arguments, "--count") ?? "24", CultureInfo.InvariantCulture);
        var threads = int.Parse(
            Option(arguments, "--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("rhytid-bench-").FullName;
        try
        {
            VisionInfo.SetThreads(1);
            var peer = Path.Combine(folder, "opencv_codec");
            Execute(
                "sh",
                [
                    "-c",
                    $"g++ -O2 -o '{peer}' '{Path.Combine(RepositoryRoot(), "bench", "peers", "opencv_codec.cpp")}' $(pkg-config --cflags opencv4) -lopencv_core -lopencv_imgcodecs -lpthread"
                ],
                "the peer cannot be compiled (Debian: apt-get install libopencv-dev)");
            var data = Option(arguments, "--data") ?? Draw(folder, count);
            var dataset = WrinkleDataset.Open(data);
            Console.WriteLine(
                $"{dataset.Samples.Count} photos, {new FileInfo(dataset.Samples[0][Channel.Photo]!).Length / 1e6:0.0} MB the first, {threads} threads, {rounds} alternating passes");
            Console.WriteLine(
                $"{"PNG level",9}{"Rhytid, images/s",18}{"OpenCV, images/s",18}{"ratio",8}{"MB per map",12}");
            foreach (var level in Levels)
                Compare(dataset, folder, peer, level, threads, rounds);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(WrinkleDataset dataset, string folder, string peer, int level, int threads, int rounds)
    {
        var (ours, theirs) = (Path.Combine(folder, $"ours-{level}"), Path.Combine(folder, $"theirs-{level}"));
        Directory.CreateDirectory(theirs);
        var jobs =
            new WeakLabelMaker(
                new WeakLabelOptions { Skin = SkinSources.OwnOf(dataset) ?? SkinSources.None, PngLevel = level }).Jobs(
                    dataset, ours);
        void MakeAll()
        {
            if (FileJobs.Run(jobs, Shard.Whole, threads, overwrite: true).Failed is [var failure, ..])
                throw new InvalidOperationException(failure.Reason);
        }
        // Code that ran a few hundred times only is not compiled at its best yet; fifty thousand photos do not notice.
        for (var pass = 0; pass < WarmUps; pass++)
            MakeAll();
        var list = Path.Combine(folder, "list.txt");
        File.WriteAllLines(list, dataset.Samples.Zip(jobs, (sample, job) => $"{sample[Channel.Photo]}\t{job.Target}"));
        var lanes =
            new[] { new Lane("Rhytid") { Pass = () => Time(MakeAll) }, Peer(
                "OpenCV", peer, [list, $"{threads}", $"{level}", theirs]) };
        lanes[1].Start();
        SideBySide.Run(lanes, rounds);
        lanes[1].Stop();
        var (rate, peerRate) = (1000 * jobs.Count / lanes[0].Median, 1000 * jobs.Count / lanes[1].Median);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{level,9}{rate,18:0.0}{peerRate,18:0.0}{rate / peerRate,8:0.00}{jobs.Average(job => new FileInfo(job.Target).Length) / 1e6,12:0.000}"));
    }

    // FFHQ-Wrinkle's layout, drawn: PNG photos of 1024 pixels and parsing labels of 512.
    private static string Draw(string folder, int count)
    {
        var set = Path.Combine(folder, "set");
        for (var i = 0; i < count; i++)
        {
            var portrait = PortraitSynthesizer.Draw(new PortraitOptions { Seed = i });
            Write(Path.Combine(
                set, "images1024x1024", FfhqFolders.FileOf($"{i:D5}")), portrait.Image.Encode(ImageFormat.Png));
            var labels =
                portrait.SkinMask.Resize(512, 512).Samples.ToArray().Select(value => (byte)(value & 1)).ToArray();
            Write(Path.Combine(
                set, "etcs", "face_parsed_labels",
                $"{i:D5}.npy"), Npy.ToBytes(new StoredTensor("labels", DType.UInt8, [512, 512], labels)));
        }
        return set;

        static void Write(string path, byte[] bytes)
        {
            AtomicFile.MakeFolder(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, bytes);
        }
    }
}

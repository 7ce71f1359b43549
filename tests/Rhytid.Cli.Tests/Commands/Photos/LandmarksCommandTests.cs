using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Photos;

/// <summary><c>rhytid landmarks</c> and <c>--landmarks</c> of <c>rhytid segment</c>.</summary>
public sealed class LandmarksCommandTests : IDisposable
{
    private static readonly string Portrait = Path.Combine(Repository.Root, "samples", "portrait.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_photo_gives_points_and_a_drawing_and_the_points_give_the_same_skin_as_the_network()
    {
        var photo = Path.Combine(Repository.SharedData("photos"), "obama.jpg");

        var run = RhytidProcess.Run("landmarks", photo, "-o", _folder["out"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 face mesh; written:", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["obama.landmarks.jpg", "obama.landmarks.json"],
            Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order());
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["out/obama.landmarks.json"]));
        Assert.Equal("rhytid.landmarks/1", json.RootElement.GetProperty("schema").GetString());
        var face = json.RootElement.GetProperty("faces")[0];
        Assert.True(face.GetProperty("score").GetDouble() > 0.9);
        Assert.Equal(468, face.GetProperty("points").GetArrayLength());
        Assert.Equal(3, face.GetProperty("points")[0].GetArrayLength());

        Assert.Equal(0, RhytidProcess.Run("segment", photo, "--landmarks", "mesh", "-o", _folder["a"]).ExitCode);
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "segment", photo, "--landmarks", _folder["out/obama.landmarks.json"], "-o", _folder["b"]).ExitCode);
        var (first, second) = (Skin("a"), Skin("b"));
        // The same mesh, drawn once on the cut-out face and once on the photo.
        Assert.InRange((double)second / first, 0.99, 1.01);

        long Skin(string folder)
        {
            using var report = JsonDocument.Parse(File.ReadAllText(_folder[$"{folder}/obama.json"]));
            return report.RootElement.GetProperty("face")
                .GetProperty("wrinkles")
                .GetProperty("skinAreaPixels")
                .GetInt64();
        }
    }

    [SkippableFact]
    public void A_photo_without_a_face_is_a_warning_and_a_bad_one_an_error()
    {
        TestPictures.Landscape(300, 200).Save(_folder["view.png"]);
        File.WriteAllText(_folder["notes.jpg"], "no photo");

        var run = RhytidProcess.Run(
            "landmarks", _folder["view.png"], _folder["notes.jpg"], "-o", _folder["out"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("warning:", StringComparison.Ordinal)
                && line.Contains("no face was found", StringComparison.Ordinal));
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains("notes.jpg", StringComparison.Ordinal));
        Assert.Contains("1 of 2 photos done, 1 failed", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"faces\":[]", File.ReadAllText(_folder["out/view.landmarks.json"]), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_face_in_which_the_network_sees_none_is_told_in_the_json_of_segment()
    {
        TestPictures.Landscape(300, 300).Save(_folder["view.png"]);

        var run = RhytidProcess.Run("segment", "--whole", _folder["view.png"], "--landmarks", "mesh");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no face mesh was found", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["view.json"]));
        var warnings = json.RootElement.GetProperty("face")
            .GetProperty("quality")
            .GetProperty("warnings")
            .EnumerateArray()
            .Select(warning => warning.GetString()!);
        Assert.Contains(warnings, warning => warning.Contains("no face mesh was found", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_or_a_folder_of_points_gives_the_skin()
    {
        Directory.CreateDirectory(_folder["points"]);
        // All points in one place but the oval's, which is the box from 0.25 to 0.75: the rest has no area.
        var rows = Enumerable.Repeat("0.5,0.5", 468).ToArray();
        foreach (var (index, row) in new[]
        {
            (10, "0.25,0.25"), (454, "0.75,0.25"), (152, "0.75,0.75"), (234, "0.25,0.75")
        })
            rows[index] = row;
        File.WriteAllLines(_folder["points/portrait.csv"], rows);

        foreach (var points in new[] { _folder["points"], _folder["points/portrait.csv"] })
        {
            var run = RhytidProcess.Run("segment", "--whole", Portrait, "--landmarks", points, "-o", _folder["out"]);

            Assert.Equal(0, run.ExitCode);
            using var json = JsonDocument.Parse(File.ReadAllText(_folder["out/portrait.json"]));
            Assert.True(
                json.RootElement.GetProperty("face").GetProperty("wrinkles").GetProperty("skinAreaPixels").GetInt64()
                    > 1000);
        }
    }

    [Fact]
    public void Files_that_are_no_landmarks_are_named()
    {
        File.WriteAllText(_folder["few.csv"], "0.1,0.2\n");
        Directory.CreateDirectory(_folder["empty"]);

        AssertLine("found 1", "segment", "--whole", Portrait, "--landmarks", _folder["few.csv"]);
        AssertLine("there is no such file, nor .csv", "segment", "--whole", Portrait, "--landmarks", _folder["empty"]);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);

        void AssertLine(string expected, params string[] arguments)
        {
            var run = RhytidProcess.Run([.. arguments, "-o", _folder["out"]]);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("TFLite networks are not read", "segment", "x.jpg", "--landmarks", "face_landmark.tflite")]
    [InlineData("exclude each other", "landmarks", "x.jpg", "--whole", "--face", "1,2,3,4")]
    [InlineData("exclude each other", "segment", "x.jpg", "--landmarks", "mesh", "--skin-mask", "m.png")]
    [InlineData("--drop-brows belongs to --landmarks", "segment", "x.jpg", "--drop-brows")]
    [InlineData("--landmarks FILE belongs to one picture", "segment", "x.jpg", "y.jpg", "--landmarks", "points.csv")]
    public void Wrong_usage_is_told_in_a_line_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains(expected, StringComparison.Ordinal));
    }
}

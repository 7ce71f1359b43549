using System.Drawing;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Segmentation;
using Rhytid.Shipped;
using Rhytid.Tests.Shared;
using Image = Rhytid.Imaging.Image;

namespace Rhytid.Tests;

/// <summary>The whole way through, with a drawn portrait and with parts that answer as told.</summary>
public class WrinkleSegmenterTests
{
    private static readonly Image Portrait = Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"));

    [Fact]
    public void The_license_clean_chain_runs_or_says_in_one_line_that_its_network_does_not_ship()
    {
        if (!ShippedModels.Default.Has(ShippedModels.OpenWrinkleModel))
        {
            var error = Assert.Throws<CheckpointException>(WrinkleSegmenterOptions.LicenseClean);
            Assert.Contains(ShippedModels.OpenWrinkleModel, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            return;
        }
        using var segmenter = WrinkleSegmenter.Load(WrinkleSegmenterOptions.LicenseClean());

        Assert.NotNull(segmenter.Segment(Portrait).Face);
    }

    [Fact]
    public void A_portrait_has_a_face_with_wrinkles_on_its_skin()
    {
        using var segmenter = WrinkleSegmenter.Load();

        var result = segmenter.Segment(Portrait);

        Assert.Equal("yunet", result.Detector);
        Assert.Equal(0, result.Face!.Detection.TurnedDegrees);
        Assert.True(result.Face!.Measurements.Count > 0);
        Assert.Equal((Portrait.Width, Portrait.Height), (result.WrinkleMask.Width, result.WrinkleMask.Height));
        Assert.Equal(0, result.WrinkleMask.Except(result.SkinMask).Count());
        Assert.InRange(result.Face.Quality.FaceWidthPixels, 200, 700);
    }

    [Fact]
    public void Path_stream_and_pixels_give_the_same()
    {
        using var folder = new TemporaryFolder();
        Portrait.Save(folder["photo.png"]);
        using var segmenter = WrinkleSegmenter.Load();
        using var stream = File.OpenRead(folder["photo.png"]);
        var whole = new SegmentOptions { Whole = true };

        var expected = segmenter.Segment(Portrait, whole).WrinkleMask;

        Assert.True(expected.Samples.SequenceEqual(segmenter.Segment(folder["photo.png"], whole).WrinkleMask.Samples));
        Assert.True(expected.Samples.SequenceEqual(segmenter.Segment(stream, whole).WrinkleMask.Samples));
        Assert.True(
            expected.Samples.SequenceEqual(
                segmenter.Segment(
                    Portrait.Samples, Portrait.Width, Portrait.Height, PixelFormat.Rgb, whole).WrinkleMask.Samples));
    }

    [Fact]
    public async Task Many_threads_share_one_segmenter()
    {
        using var segmenter = WrinkleSegmenter.Load();
        var expected = segmenter.Segment(Portrait).WrinkleMask;

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => segmenter.SegmentAsync(Portrait)));

        Assert.All(results, result => Assert.True(expected.Samples.SequenceEqual(result.WrinkleMask.Samples)));
    }

    [Fact]
    public void Progress_is_reported_step_by_step()
    {
        var steps = new List<SegmentationStep>();
        using var segmenter = WrinkleSegmenter.Load();

        segmenter.Segment(Portrait, progress: new Immediate(progress => steps.Add(progress.Step)));

        Assert.Equal(
            [
                SegmentationStep.DetectingFaces, SegmentationStep.FindingSkin, SegmentationStep.FindingWrinkles,
                SegmentationStep.Measuring
            ],
            steps);
    }

    [Fact]
    public async Task Cancelling_stops_the_work()
    {
        using var segmenter = WrinkleSegmenter.Load();
        using var source = new CancellationTokenSource();
        var cancelled = segmenter.SegmentAsync(
            Portrait, progress: new Immediate(_ => source.Cancel()), cancellationToken: source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public void All_faces_are_joined_and_the_largest_comes_first()
    {
        var two = new Image(900, 450);
        using var segmenter = WrinkleSegmenter.Load(new WrinkleSegmenterOptions
        {
            Detector = new TwoFaces(),
            Skin = new Everything(),
            Method = new Everything(),
        });

        var all = segmenter.Segment(two, new SegmentOptions { Faces = FaceSelection.All });
        var one = segmenter.Segment(two);

        Assert.Equal(2, all.Faces.Count);
        Assert.Single(one.Faces);
        Assert.Equal(all.Faces[0].Region, one.Face!.Region);
        Assert.True(all.WrinkleMask.Count() > one.WrinkleMask.Count());
        Assert.Equal(0, one.WrinkleMask.Except(all.WrinkleMask).Count());
    }

    [Fact]
    public void No_face_is_no_error()
    {
        using var segmenter = WrinkleSegmenter.Load();

        var result = segmenter.Segment(new Image(300, 200));

        Assert.Null(result.Face);
        Assert.Contains("no face", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, result.WrinkleMask.Count());
    }

    [Fact]
    public void A_given_box_is_worked_on_without_a_detector()
    {
        using var segmenter =
            WrinkleSegmenter.Load(
                new WrinkleSegmenterOptions { Detector = new NoFaces(), Mesh = IFaceMeshProvider.None });

        var result = segmenter.Segment(Portrait, new SegmentOptions { FaceBox = new RectangleF(300, 250, 430, 430) });

        Assert.Equal("given", result.Detector);
        Assert.True(result.Face!.Detection.Landmarks.EyesEstimated);
        Assert.Equal(LandmarkSource.Proportions, result.Face.Detection.LandmarkSource);
        Assert.Throws<ArgumentException>(
            () => segmenter.Segment(Portrait, new SegmentOptions { FaceBox = new RectangleF(5000, 0, 10, 10) }));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_threshold_outside_0_to_1_is_refused(float threshold)
    {
        using var segmenter = WrinkleSegmenter.Load();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => segmenter.Segment(Portrait, new SegmentOptions { Threshold = threshold }));
    }

    [Fact]
    public void Choices_that_contradict_each_other_are_refused()
    {
        using var segmenter = WrinkleSegmenter.Load();
        Assert.Throws<ArgumentException>(
            () => segmenter.Segment(
                Portrait, new SegmentOptions { Whole = true, FaceBox = new RectangleF(0, 0, 50, 50) }));
    }

    [Fact]
    public void A_disposed_segmenter_says_so()
    {
        var segmenter = WrinkleSegmenter.Load();
        segmenter.Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => segmenter.Segment(Portrait));
        Assert.Contains("WrinkleSegmenter", error.ObjectName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_skin_mask_limits_the_search()
    {
        var skin = new Mask(Portrait.Width, Portrait.Height);
        skin.FillEllipse(new(Portrait.Width / 2f, Portrait.Height / 2f), new(90, 60));
        using var segmenter = WrinkleSegmenter.Load();

        var result = segmenter.Segment(Portrait, new SegmentOptions { SkinMask = skin });

        // Resampling to the face and back may move the edge by a pixel.
        Assert.Equal(0, result.WrinkleMask.Except(skin.Dilate(5)).Count());
        Assert.InRange(result.SkinMask.Count(), 0.97 * skin.Count(), 1.03 * skin.Count());
    }

    private sealed class Immediate(Action<SegmentationProgress> report) : IProgress<SegmentationProgress>
    {
        public void Report(SegmentationProgress value) => report(value);
    }

    private sealed class NoFaces : IFaceDetector
    {
        public string Name => "none";

        public IReadOnlyList<DetectedFace> Detect(Image photo, int most = int.MaxValue) => [];
    }

    private sealed class TwoFaces : IFaceDetector
    {
        public string Name => "two";

        public IReadOnlyList<DetectedFace> Detect(Image photo, int most = int.MaxValue) =>
            [Face(120, 160, 120), Face(600, 200, 80)];

        private static DetectedFace Face(float x, float y, float side) =>
            new(new RectangleF(x, y, side, side), FaceProportions.FromBox(new RectangleF(x, y, side, side)), 1);
    }

    private sealed class Everything : ISkinMaskProvider, IWrinkleSegmenter
    {
        public string Name => "everything";

        public Mask Find(FaceImage face, CancellationToken cancellationToken = default) =>
            Mask.Full(face.Width, face.Height);

        public WrinkleMap Segment(FaceImage face, Mask skin, CancellationToken cancellationToken = default)
        {
            var values = new Plane<float>(face.Width, face.Height);
            values.Samples.Fill(1);
            return new WrinkleMap(values, 0.5f);
        }
    }
}

using Rhytid.Imaging;
using Rhytid.Imaging.Detection;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class PortraitSynthesizerTests
{
    private const string Cascade = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml";

    // Small pictures show the same person: only the finest skin texture is left out.
    private const int Size = 384;

    private static readonly Lazy<Portrait> Old = new(() => Draw(seed: 3, age: 72));

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_on_one_thread_as_on_many()
    {
        var options = new PortraitOptions { Seed = 5, Size = 256 };
        var many = PortraitSynthesizer.Draw(options);

        // Parallel loops inside take their threads from the current scheduler; this one has a single thread.
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler;
        var one =
            await Task.Factory.StartNew(
                () => PortraitSynthesizer.Draw(options), CancellationToken.None, TaskCreationOptions.None, scheduler);

        Assert.Equal(many.Image.Samples.ToArray(), one.Image.Samples.ToArray());
        Assert.Equal(many.WrinkleMask.Samples.ToArray(), one.WrinkleMask.Samples.ToArray());
        Assert.Equal(many.SkinMask.Samples.ToArray(), one.SkinMask.Samples.ToArray());
        Assert.Equal(many.PartLabels.Samples.ToArray(), one.PartLabels.Samples.ToArray());
        Assert.Equal(many.Landmarks, one.Landmarks);
    }

    [Fact]
    public void Another_seed_gives_another_picture()
    {
        var first = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 1, Size = 128 });
        var second = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 2, Size = 128 });

        Assert.NotEqual(first.Image.Samples.ToArray(), second.Image.Samples.ToArray());
        Assert.NotEqual(first.Landmarks, second.Landmarks);
    }

    [Fact]
    public void A_given_option_leaves_the_rest_of_the_person_as_it_was()
    {
        var drawn = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 4, Size = 128 });
        var given = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 4, Size = 128, Age = 80 });

        Assert.Equal(80, given.Age);
        Assert.Equal(drawn.Tone, given.Tone);
        Assert.Equal(drawn.Landmarks.EyeDistancePixels, given.Landmarks.EyeDistancePixels, tolerance: 0.01);
    }

    [Fact]
    public void Masks_have_the_size_of_the_picture_and_hold_0_and_255_only()
    {
        foreach (var mask in new[] { Old.Value.WrinkleMask, Old.Value.SkinMask })
        {
            Assert.Equal((Size, Size), (mask.Width, mask.Height));
            Assert.False(mask.Samples.ContainsAnyExcept((byte)0, Mask.Set));
        }
    }

    [Fact]
    public void Wrinkles_lie_inside_the_skin_mask()
    {
        Assert.NotEqual(0, Old.Value.WrinkleMask.Count());
        Assert.Equal(0, Old.Value.WrinkleMask.Except(Old.Value.SkinMask).Count());
    }

    [Fact]
    public void The_regions_add_up_to_the_wrinkle_mask()
    {
        var regions = Enum.GetValues<WrinkleRegion>()
            .Select(region => Mask.Where(Old.Value.WrinkleRegions, code => code == (byte)region)).ToArray();

        Assert.All(regions, mask => Assert.NotEqual(0, mask.Count()));
        Assert.Equal(Old.Value.WrinkleMask.Count(), regions.Sum(mask => mask.Count()));
    }

    [Fact]
    public void The_skin_mask_leaves_out_eyes_and_mouth()
    {
        var (skin, landmarks) = (Old.Value.SkinMask, Old.Value.Landmarks);

        Assert.False(skin[(int)landmarks.LeftEye.X, (int)landmarks.LeftEye.Y]);
        Assert.False(skin[(int)landmarks.RightEye.X, (int)landmarks.RightEye.Y]);
        Assert.False(skin[(int)landmarks.MouthCenter.X, (int)landmarks.MouthCenter.Y]);
        var cheek = (landmarks.LeftEye + landmarks.LeftMouth) / 2;
        Assert.True(skin[(int)cheek.X, (int)cheek.Y]);
    }

    [Fact]
    public void The_older_the_face_the_more_wrinkles()
    {
        int[] counts = [.. new[] { 20, 45, 60, 80 }.Select(age => Draw(seed: 3, age).WrinkleMask.Count())];

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[0] < counts[3] / 20, string.Join(", ", counts));
    }

    [Fact]
    public void Wrinkles_are_darker_than_the_skin_beside_them()
    {
        var gray = Old.Value.Image.ToGray();
        var wrinkles = Old.Value.WrinkleMask;
        var beside = wrinkles.Dilate(5).And(Old.Value.SkinMask).Except(wrinkles.Dilate(3));

        Assert.True(
            Mean(gray, wrinkles) < Mean(gray, beside) - 5, $"{Mean(gray, wrinkles)} against {Mean(gray, beside)}");
    }

    [SkippableTheory]
    [InlineData(100, 25, SkinTone.Light)]
    [InlineData(101, 45, SkinTone.Pale)]
    [InlineData(102, 70, SkinTone.Medium)]
    [InlineData(103, 30, SkinTone.Tan)]
    [InlineData(106, 60, SkinTone.Brown)]
    [InlineData(111, 40, SkinTone.Dark)]
    public void A_face_detector_finds_the_face_where_it_is(int seed, int age, SkinTone tone)
    {
        Skip.IfNot(File.Exists(Cascade), "OpenCV's cascades are not installed (Debian: opencv-data)");
        var portrait =
            PortraitSynthesizer.Draw(new PortraitOptions { Seed = seed, Age = age, Tone = tone, Size = 512 });

        using var classifier = new CascadeClassifier(Cascade);
        var face = Assert.Single(classifier.Detect(portrait.Image.ToGray()));

        var eyes = portrait.Landmarks;
        Assert.True(face.Box.Contains((int)eyes.LeftEye.X, (int)eyes.LeftEye.Y), $"{face.Box} without {eyes.LeftEye}");
        Assert.True(
            face.Box.Contains((int)eyes.RightEye.X, (int)eyes.RightEye.Y), $"{face.Box} without {eyes.RightEye}");
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PortraitSynthesizer.Draw(new PortraitOptions { Age = 7 }));
        Assert.Throws<ArgumentException>(() => PortraitSynthesizer.Draw(new PortraitOptions { Size = 16 }));
        Assert.Throws<ArgumentException>(() => PortraitSynthesizer.Draw(new PortraitOptions { TiltDegrees = 40 }));
    }

    private static Portrait Draw(int seed, int age) =>
        PortraitSynthesizer.Draw(
            new PortraitOptions { Seed = seed, Age = age, Hair = HairStyle.TiedBack, Size = Size });

    private static double Mean(Plane<byte> gray, Mask mask)
    {
        double sum = 0;
        for (var i = 0; i < gray.Samples.Length; i++)
            sum += mask.Samples[i] != 0 ? gray.Samples[i] : 0;
        return sum / mask.Count();
    }
}

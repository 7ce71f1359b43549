using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class PartLabelTests
{
    private const int Size = 256;

    private static readonly Portrait Bald = Draw(HairStyle.Bald);
    private static readonly Portrait Flowing = Draw(HairStyle.Flowing);

    [Fact]
    public void Every_pixel_of_the_skin_mask_is_skin_or_nose()
    {
        foreach (var portrait in Enum.GetValues<HairStyle>().Select(Draw))
        {
            var skin = Mask.Where(portrait.PartLabels, part => part is 1 or 10);

            Assert.Equal(0, portrait.SkinMask.Except(skin).Count());
            // The mask leaves out nostrils and a margin around the eyes: no more.
            Assert.InRange((double)portrait.SkinMask.Count() / skin.Count(), 0.9, 1);
        }
    }

    [Fact]
    public void Landmarks_lie_in_eyes_and_beside_lips_and_left_is_the_persons_own()
    {
        foreach (var portrait in new[] { Bald, Flowing })
        {
            var marks = portrait.Landmarks;
            Assert.Equal(5, PartAt(portrait, marks.LeftEye));
            Assert.Equal(4, PartAt(portrait, marks.RightEye));
            Assert.Contains((byte)3, PartsAbove(portrait, marks.LeftEye));
            Assert.Contains((byte)2, PartsAbove(portrait, marks.RightEye));
            Assert.DoesNotContain((byte)2, PartsAbove(portrait, marks.LeftEye));
            Assert.Equal(10, PartAt(portrait, Vector2.Lerp(marks.EyeCenter, marks.MouthCenter, 0.5f)));
            var inwards = 0.1f * (marks.RightMouth - marks.LeftMouth);
            Assert.True(PartAt(portrait, marks.LeftMouth + inwards) is 12 or 13);
            Assert.True(PartAt(portrait, marks.RightMouth - inwards) is 12 or 13);
        }
    }

    [Fact]
    public void The_upper_lip_lies_above_the_lower_one_and_the_neck_below_both()
    {
        Assert.True(MeanRow(Bald, 12) < MeanRow(Bald, 13));
        Assert.True(MeanRow(Bald, 13) < MeanRow(Bald, 14));
        Assert.True(MeanRow(Bald, 14) < MeanRow(Bald, 16));
    }

    [Fact]
    public void Ears_are_the_persons_own_and_hidden_by_hair_that_falls_over_them()
    {
        Assert.True(MeanColumn(Bald, 8) < Bald.Landmarks.LeftEye.X);
        Assert.True(MeanColumn(Bald, 7) > Bald.Landmarks.RightEye.X);
        Assert.False(Flowing.PartLabels.Samples.ContainsAny((byte)7, (byte)8));
    }

    [Fact]
    public void Glasses_jewellery_hats_and_open_mouths_do_not_occur()
    {
        foreach (var portrait in new[] { Bald, Flowing })
            Assert.False(portrait.PartLabels.Samples.ContainsAny((ReadOnlySpan<byte>)[6, 9, 11, 15, 18]));
    }

    [Fact]
    public void An_aligned_portrait_fills_the_square_of_ffhq()
    {
        var aligned =
            PortraitSynthesizer.DrawAligned(
                new PortraitOptions { Seed = 7, Size = 192, Age = 70, Hair = HairStyle.Bald, TiltDegrees = 8 });

        Assert.Equal((192, 192), (aligned.Image.Width, aligned.Image.Height));
        Assert.Equal((192, 192), (aligned.PartLabels.Width, aligned.PartLabels.Height));
        var square = FaceAlignment.FromLandmarks(aligned.Landmarks);
        Assert.True(Vector2.Distance(square.TopLeft, Vector2.Zero) < 0.1f, square.TopLeft.ToString());
        Assert.True(Vector2.Distance(square.BottomRight, new Vector2(192)) < 0.1f, square.BottomRight.ToString());
        Assert.Equal(5, PartAt(aligned, aligned.Landmarks.LeftEye));
        Assert.Equal(0, aligned.SkinMask.Except(Mask.Where(aligned.PartLabels, part => part is 1 or 10)).Count());
        Assert.Equal(0, aligned.WrinkleMask.Except(aligned.SkinMask).Count());
        Assert.NotEqual(0, aligned.WrinkleMask.Count());
    }

    [Fact]
    public void Aligned_faces_beyond_the_largest_portrait_are_refused() =>
        Assert.Throws<ArgumentException>(
            () => PortraitSynthesizer.DrawAligned(
                new PortraitOptions { Size = PortraitSynthesizer.MaxAlignedSize + 1 }));

    [Fact]
    public void A_set_of_portraits_is_plain_and_its_labels_are_read_in_their_order()
    {
        using var folder = new TemporaryFolder();
        TestDataset.Write(Bald.Image, folder["set"], "images", "00000.png");
        TestDataset.Write(Bald.WrinkleMask, folder["set"], "masks", "00000.png");
        TestDataset.Write(Bald.PartLabels, folder["set"], "labels", "00000.png");

        var layout = DatasetLayouts.Detect(folder["set"]);

        Assert.Equal((DatasetLayouts.Plain, LabelOrder.BiSeNet), (layout, layout.LabelOrder));
        Assert.NotNull(WrinkleDataset.Open(folder["set"]).Samples[0][Channel.Labels]);
    }

    private static Portrait Draw(HairStyle style) =>
        PortraitSynthesizer.Draw(new PortraitOptions { Seed = 11, Age = 60, Hair = style, Size = Size });

    private static byte PartAt(Portrait portrait, Vector2 point) => portrait.PartLabels[(int)point.X, (int)point.Y];

    // Up to half an eye distance: the brow is on the way.
    private static List<byte> PartsAbove(Portrait portrait, Vector2 eye) =>
        Enumerable.Range(0, (int)(portrait.Landmarks.EyeDistancePixels / 2))
            .Select(rise => PartAt(portrait, eye - new Vector2(0, rise))).ToList();

    private static double MeanRow(Portrait portrait, byte part) => Places(portrait, part).Average(place => place.Y);

    private static double MeanColumn(Portrait portrait, byte part) => Places(portrait, part).Average(place => place.X);

    private static List<(int X, int Y)> Places(Portrait portrait, byte part) =>
        [.. from y in Enumerable.Range(0, Size)
            from x in Enumerable.Range(0, Size)
            where portrait.PartLabels[x, y] == part
            select (x, y)];
}

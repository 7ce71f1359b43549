using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class LineTrackerTests
{
    private const int Width = 60;
    private const int Height = 30;

    private static readonly HessianLineTrackingOptions Options = new() { MinLengthPixels = 10 };

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void A_gap_is_crossed_where_it_is_short_enough(int gap, int tracks)
    {
        var response = new Plane<float>(Width, Height);
        Ridge(response, 10, 0.9f);
        for (var x = 30; x < 30 + gap; x++)
            response[x, 10] = 0.1f;

        var found = Follow(response, Options);

        Assert.Equal(tracks, found.Count);
        Assert.Equal(40 - (tracks == 1 ? 0 : gap), found.Sum(track => track.Count));
        Assert.All(found.SelectMany(track => track), point => Assert.Equal(10, point.Y));
        Assert.All(
            found.SelectMany(track => track.Zip(track.Skip(1))),
            step => Assert.Equal(1, Math.Abs(step.Second.X - step.First.X)));
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(41, 0)]
    public void A_track_has_the_least_length(int least, int tracks)
    {
        var response = new Plane<float>(Width, Height);
        Ridge(response, 10, 0.9f);

        Assert.Equal(tracks, Follow(response, Options with { MinLengthPixels = least }).Count);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void A_weaker_line_beside_a_track_is_left_out(int apart, int tracks)
    {
        var response = new Plane<float>(Width, Height);
        Ridge(response, 10, 0.8f);
        Ridge(response, 10 + apart, 0.9f);

        var found = Follow(response, Options);

        Assert.Equal(tracks, found.Count);
        Assert.All(found[0], point => Assert.Equal(10 + apart, point.Y));
    }

    [Fact]
    public void A_ridge_that_is_nowhere_strong_starts_no_track()
    {
        var response = new Plane<float>(Width, Height);
        Ridge(response, 10, 0.45f);

        Assert.Empty(Follow(response, Options));
        Assert.Single(Follow(response, Options with { SeedThreshold = 0.45f }));
    }

    private static void Ridge(Plane<float> response, int y, float strength)
    {
        for (var x = 10; x < 50; x++)
            response[x, y] = strength;
    }

    // All ridges run along x: their normals point down.
    private static IReadOnlyList<IReadOnlyList<(int X, int Y)>> Follow(
        Plane<float> response, HessianLineTrackingOptions options)
    {
        var normal = new Plane<float>(Width, Height);
        normal.Samples.Fill(MathF.PI / 2);
        var filtered = new HybridHessianFilter(response, normal);
        return new LineTracker(filtered, Mask.Full(Width, Height), options).FollowAll();
    }
}

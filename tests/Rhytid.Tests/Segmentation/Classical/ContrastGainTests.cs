using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class ContrastGainTests
{
    // 3 against a floor of 1 and a mean of 3 all around: 3 / 4, an eighth of it.
    [Fact]
    public void An_even_response_is_set_against_itself()
    {
        var even = new Plane<float>(30, 30);
        even.Samples.Fill(3);

        var gain = ContrastGain.Normalize(even, Mask.Full(30, 30), windowPixels: 9, floor: 1);

        Assert.Equal(3 / 4f / ContrastGain.FullScale, gain[15, 15], 1e-5f);
    }

    // One pixel of 4 in a window of 81: a mean of 4 / 81.
    [Fact]
    public void A_lone_response_keeps_its_strength_and_bright_lines_are_none()
    {
        var lone = new Plane<float>(30, 30);
        lone[15, 15] = 4;
        Assert.Equal(
            4 / (2 + (4 / 81f)) / 8, ContrastGain.Normalize(lone, Mask.Full(30, 30), 9, floor: 2)[15, 15], 1e-5f);

        lone[15, 15] = -4;
        Assert.Equal(0, ContrastGain.Normalize(lone, Mask.Full(30, 30), 9, floor: 2)[15, 15]);
        lone[15, 15] = 1000;
        Assert.Equal(1, ContrastGain.Normalize(lone, Mask.Full(30, 30), 9, floor: 2)[15, 15]);
    }

    // The magnitude counts around a pixel, whatever its sign.
    [Fact]
    public void Dark_and_bright_surroundings_weigh_the_same()
    {
        var response = new Plane<float>(30, 30);
        for (var i = 0; i < response.Samples.Length; i++)
            response.Samples[i] = i % 2 == 0 ? 3 : -3;

        Assert.Equal(3 / 4f / 8, ContrastGain.Normalize(response, Mask.Full(30, 30), 9, floor: 1)[14, 14], 1e-5f);
    }
}

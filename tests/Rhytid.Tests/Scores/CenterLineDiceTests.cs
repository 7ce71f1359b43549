using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class CenterLineDiceTests
{
    [Fact]
    public void Width_does_not_count_where_lines_are()
    {
        var (thin, thick) = (Bar(4, 36, 10, 1), Bar(4, 36, 8, 5));

        Assert.Equal(1, CenterLineDice.Compute(thick, thin).Dice);
        Assert.InRange(ConfusionCounts.Count(thick, thin).F1, 0.3, 0.4);
    }

    [Fact]
    public void A_gap_costs_the_lines_it_interrupts()
    {
        // 32 pixels of line, 8 of them missing; all that is drawn is right.
        var found = Bar(4, 36, 10, 1).Except(Bar(16, 24, 10, 1));
        var score = CenterLineDice.Compute(found, Bar(4, 36, 10, 1));

        Assert.Equal(new TolerantCounts(24, 24, 24, 32), score.Lines);
        Assert.Equal((1, 0.75), (score.Precision, score.Recall));
        Assert.Equal(2 * 0.75 / 1.75, score.Dice, 12);
    }

    [Fact]
    public void Lines_are_cut_by_the_scored_region_after_they_are_found()
    {
        // The bar's lower half is outside: cut first, its centre line would move up by one.
        var (bar, region) = (Bar(4, 36, 8, 5), Bar(0, 40, 0, 11));

        Assert.Equal(1, CenterLineDice.Compute(bar, Bar(4, 36, 10, 1), region).Recall);
        Assert.Equal(0, CenterLineDice.Compute(bar, bar, Bar(0, 40, 0, 5)).Lines.Truth);
    }

    [Fact]
    public void Empty_masks_and_sums()
    {
        var (empty, bar) = (new Mask(40, 20), Bar(4, 36, 10, 1));

        Assert.Equal(1, CenterLineDice.Compute(empty, empty).Dice);
        Assert.Equal(0, CenterLineDice.Compute(bar, empty).Dice);
        Assert.True(double.IsNaN(CenterLineDice.Compute(bar, empty).Recall));
        Assert.Equal(2.0 / 3, (CenterLineDice.Compute(bar, bar) + CenterLineDice.Compute(empty, bar)).Dice, 12);
        Assert.Throws<ArgumentException>(() => CenterLineDice.Compute(bar, new Mask(2, 2)));
    }

    private static Mask Bar(int left, int right, int top, int height)
    {
        var mask = new Mask(40, 20);
        for (var y = top; y < top + height; y++)
            mask.Row(y)[left..right].Fill(Mask.Set);
        return mask;
    }
}

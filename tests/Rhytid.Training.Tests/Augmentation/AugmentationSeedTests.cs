using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class AugmentationSeedTests
{
    [Fact]
    public void Draws_follow_from_seed_epoch_id_and_purpose_alone()
    {
        static uint First(int seed, int epoch, string id, string purpose)
        {
            var random = new AugmentationSeed(seed, epoch, id).For(purpose);
            return random.Next();
        }

        var draw = First(1, 2, "a", "blur");

        Assert.Equal(draw, First(1, 2, "a", "blur"));
        Assert.Equal(
            5,
            new HashSet<uint>
            {
                draw, First(2, 2, "a", "blur"), First(1, 3, "a", "blur"), First(1, 2, "b", "blur"),
                First(1, 2, "a", "noise"),
            }.Count);
    }
}

using Rhytid;
using Rhytid.Tests.Shared.Fuzzing;

namespace Fuzz;

/// <summary>A reader and the sound files that are damaged for it.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Count">Files in a full run.</param>
/// <param name="Seeds">Makes or loads the sound files.</param>
/// <param name="PassesHeader">Whether the header of a file that was refused is sound.</param>
/// <param name="Read">Reads a file; a <see cref="RhytidException"/> is a refusal, any other exception a fault.</param>
internal sealed record FuzzTarget(
    string Name, int Count, Func<byte[][]> Seeds, Func<byte[], bool> PassesHeader, Action<byte[]> Read)
{
    /// <summary>Puts lengths and checksums right again after the damage, so that more files get past them.</summary>
    public Func<byte[], byte[]> Repair { get; init; } = static file => file;

    /// <summary>Damages every second file instead of bytes at random, keeping its syntax.</summary>
    public Func<Random, byte[], byte[]>? Damage { get; init; }

    /// <summary>The damaged file of one case: the same for the same seed and number.</summary>
    public byte[] Make(byte[][] seeds, int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        return Repair(Damage is not null && number % 2 == 1
            ? Damage(random, seeds[random.Next(seeds.Length)])
            : new Mutator(random, seeds).Next());
    }

    public Stage Run(byte[] file)
    {
        try
        {
            Read(file);
            return Stage.Read;
        }
        catch (RhytidException)
        {
            return PassesHeader(file) ? Stage.Body : Stage.Header;
        }
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// What a sample's draws start from: the SHA-256 of run seed, epoch and id. No draw depends on the sample's place in a
/// batch, on its neighbours or on which thread makes it.
/// </summary>
internal readonly struct AugmentationSeed
{
    private readonly ulong _value;

    public AugmentationSeed(int seed, int epoch, string id)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seed}:{epoch}:{id}");
        _value = First(text);
    }

    /// <summary>
    /// A sequence for one purpose. Each operation has its own, by name: one more operation leaves the others' draws as
    /// they were.
    /// </summary>
    public SeededRandom For(string purpose) => new(_value, First(purpose));

    private static ulong First(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

using Rhytid.Tests.Shared.Fuzzing;
using Xunit.Sdk;

namespace Rhytid.Torch.Tests;

/// <summary>A fuzzer that finds nothing must be known to find something.</summary>
public class FuzzerTests
{
    private static readonly byte[][] Seeds = [[.. Enumerable.Range(0, 100).Select(i => (byte)i)], [1, 2, 3]];

    [Fact]
    public void The_same_seed_and_case_make_the_same_file()
    {
        for (var number = 0; number < 50; number++)
            Assert.Equal(Fuzzer.Make(Seeds, 7, number), Fuzzer.Make(Seeds, 7, number));
        Assert.True(
            Enumerable
                .Range(0, 50)
                .Select(number => Convert.ToHexString(Fuzzer.Make(Seeds, 7, number)))
                .Distinct()
                .Count() > 30);
    }

    [Fact]
    public void An_undocumented_exception_fails_with_seed_and_case()
    {
        var error =
            Assert.Throws<XunitException>(
                () => Fuzzer.Run<InvalidDataException>("demo", Seeds, 1000, 7, file => _ = file[2]));

        Assert.Matches("demo: seed 7, case [0-9]+ threw IndexOutOfRangeException", error.Message);
    }

    [Fact]
    public void A_length_that_is_believed_fails()
    {
        var error = Assert.Throws<XunitException>(() =>
            Fuzzer.Run<InvalidDataException>(
                "demo", Seeds, 5000, 7,
                file => GC.KeepAlive(new byte[file.Length > 3 && file[3] == 0xFF ? 100 << 20 : 0])));

        Assert.Matches("allocated 100 MiB", error.Message);
    }

    [Fact]
    public void Documented_refusals_are_counted()
    {
        var (read, refused) = Fuzzer.Run<InvalidDataException>("demo", Seeds, 500, 7, file =>
        {
            if (file.Length is not (3 or 100))
                throw new InvalidDataException();
        });

        Assert.Equal(500, read + refused);
        Assert.True(read > 100 && refused > 50);
    }
}

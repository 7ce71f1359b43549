using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Tests.Datasets.Splits;

public sealed class SeededOrderTests
{
    // sha256("7:c") < sha256("7:a") < sha256("7:b"), computed with another program.
    private static readonly string[] ExpectedOf7 = ["c", "a", "b"];

    [Fact]
    public void The_order_is_that_of_the_digests_and_a_new_name_moves_no_other()
    {
        string[] Order(int seed, params string[] names) => [.. SeededOrder.Shuffle(names, seed, name => name)];

        var order = Order(7, "a", "b", "c");

        Assert.Equal(order, Order(7, "c", "b", "a"));
        Assert.Equal(order, Order(7, "d", "a", "b", "c").Where(name => name != "d"));
        Assert.Contains(
            Enumerable.Range(0, 20).Select(seed => Order(seed, "a", "b", "c")), other => !other.SequenceEqual(order));
        Assert.Equal(ExpectedOf7, order);
    }
}

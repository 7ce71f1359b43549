using Rhytid.Training.Yaml;

namespace Rhytid.Training.Tests.Yaml;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("epoch", " (did you mean 'epochs'?)")]
    [InlineData("bacth", "")]
    [InlineData("learningrate", " (did you mean 'learning-rate'?)")]
    [InlineData("x", "")]
    public void The_nearest_word_is_suggested_where_one_is_near(string word, string expected) =>
        Assert.Equal(expected, Spelling.Hint(word, ["epochs", "batch", "learning-rate"]));

    [Fact]
    public void Nothing_known_is_nothing_near() => Assert.Equal("", Spelling.Hint("epoch", []));
}

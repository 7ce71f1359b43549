using Rhytid.Training.Yaml;

namespace Rhytid.Training.Tests.Yaml;

public sealed class LineProblemsTests
{
    [Fact]
    public void All_are_told_in_the_order_of_lines()
    {
        var problems = new LineProblems("my.yaml");
        Assert.Null(problems.Summary);

        problems.Add(3, "c");
        problems.AddUnknownKey(1, "a");
        problems.Add(0, "set");

        Assert.Equal("my.yaml: set; line 1: a; line 3: c", problems.Summary);
        Assert.Equal((3, 1), (problems.Count, problems.UnknownKeys));
    }

    [Fact]
    public void Beyond_twenty_they_are_counted()
    {
        var problems = new LineProblems("f");
        for (var line = 1; line <= 23; line++)
            problems.Add(line, "x");

        Assert.EndsWith("line 20: x; and 3 more", problems.Summary!, StringComparison.Ordinal);
    }
}

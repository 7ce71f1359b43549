using Rhytid.Training.Yaml;

namespace Rhytid.Training.Tests.Yaml;

public sealed class YamlFieldsTests
{
    [Fact]
    public void Fields_are_read_and_what_is_wrong_has_its_line()
    {
        var problems = new LineProblems("f.yaml");
        var root = YamlText.Root("name: moon\nsize: many\nlist: [1]\nnam: x\n", problems, "empty")!;
        var fields = new YamlFields(root, "the file", ["name", "size", "list", "epochs"], problems);

        Assert.Equal("moon", fields.Required("name"));
        Assert.Equal("", fields.Required("epochs"));
        Assert.Equal(7, fields.Read("size", 7, text => int.Parse(text, null)));
        Assert.Null(fields.Text("list"));
        Assert.True(fields.Has("list") && !fields.Has("nam"));

        Assert.Contains("line 4: the file has no key 'nam'", problems.Summary, StringComparison.Ordinal);
        Assert.Contains("(did you mean 'name'?)", problems.Summary, StringComparison.Ordinal);
        Assert.Contains("the file lacks 'epochs'", problems.Summary, StringComparison.Ordinal);
        Assert.Contains("line 3: the file: 'list' must be a text", problems.Summary, StringComparison.Ordinal);
        Assert.Contains("line 2: the file: ", problems.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1: empty")]
    [InlineData("a: [", "this is not YAML")]
    [InlineData("just text", "the file must hold keys and values")]
    public void What_is_no_mapping_is_told(string yaml, string expected)
    {
        var problems = new LineProblems("f.yaml");
        if (YamlText.Root(yaml, problems, "empty") is { } root)
            _ = new YamlFields(root, "the file", null, problems);

        Assert.Contains(expected, problems.Summary, StringComparison.Ordinal);
    }

    // YamlDotNet's own answers to these are a stack overflow, an InvalidOperationException and an ArgumentException.
    [Theory]
    [InlineData("[", 100_000, "more than 64 levels inside one another")]
    [InlineData("[", 65, "more than 64 levels inside one another")]
    [InlineData("a\u0000b\u0001", 1, "this is not YAML")]
    [InlineData("{b: 1}*c", 1, "this is not YAML")]
    public void What_breaks_the_parser_is_told(string text, int times, string expected)
    {
        var problems = new LineProblems("f.yaml");

        Assert.Null(YamlText.Root("a: " + string.Concat(Enumerable.Repeat(text, times)), problems, "empty"));

        Assert.Contains(expected, problems.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_levels_are_read() =>
        Assert.NotNull(YamlText.Root("a: " + new string('[', 60) + new string(']', 60), new LineProblems("f"), "empty"));
}

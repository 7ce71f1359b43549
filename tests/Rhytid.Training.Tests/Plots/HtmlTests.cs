using Rhytid.Training.Plots;

namespace Rhytid.Training.Tests.Plots;

public sealed class HtmlTests
{
    [Fact]
    public void Texts_are_escaped_and_pieces_are_not()
    {
        var piece = Html.Format($"<b>{"a < b & c"}</b>");

        Assert.Equal("<b>a &lt; b &amp; c</b>", piece.Markup);
        Assert.Equal(
            "<p><b>a &lt; b &amp; c</b>1.50</p>", Html.Format($"<p>{piece}{1.5:0.00}{(string?)null}</p>").ToString());
        Assert.Equal("<i>xy</i>", Html.Format($"<i>{new[] { new Html("x"), new Html("y") }}</i>").Markup);
        Assert.Equal("", Html.Join([]).Markup);
    }
}

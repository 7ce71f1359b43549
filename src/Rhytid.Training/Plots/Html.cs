using System.Globalization;
using System.Net;

namespace Rhytid.Training.Plots;

/// <summary>
/// A piece of HTML. What is put into one is escaped, unless it is a piece itself: nothing from a file can become
/// markup.
/// </summary>
/// <param name="Markup">The text of the page.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>A piece with pieces, texts and numbers in it.</summary>
    public static Html Format(FormattableString text) => new(text.ToString(Escaping.Instance));

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    public override string ToString() => Markup;

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public static Escaping Instance { get; } = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Html piece => piece.Markup,
            IEnumerable<Html> pieces => Join(pieces).Markup,
            IFormattable number => WebUtility.HtmlEncode(number.ToString(format, CultureInfo.InvariantCulture)),
            _ => WebUtility.HtmlEncode(arg.ToString() ?? ""),
        };
    }
}

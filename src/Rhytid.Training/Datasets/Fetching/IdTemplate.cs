using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>
/// An address or a path with places for an id: <c>{id}</c> as it is, <c>{id:05}</c> with five digits, <c>{folder:05}</c> the id
/// rounded down to thousands, as FFHQ sorts its pictures into folders.
/// </summary>
public sealed partial class IdTemplate
{
    private const int FolderSize = 1000;

    private readonly List<(string? Text, bool IsFolder, int Digits)> _pieces = [];

    private IdTemplate(string text) => Text = text;

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Whether ids have a place in it; without one it means a single file.</summary>
    public bool HasId => _pieces.Exists(piece => piece.Text is null);

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">There is something else in braces.</exception>
    public static IdTemplate Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var template = new IdTemplate(text);
        var end = 0;
        foreach (Match place in Places().Matches(text))
        {
            template.AddText(text[end..place.Index]);
            var digits = place.Groups["digits"].Success ? int.Parse(place.Groups["digits"].ValueSpan, CultureInfo.InvariantCulture) : 0;
            template._pieces.Add((null, place.Groups["name"].Value == "folder", digits));
            end = place.Index + place.Length;
        }
        template.AddText(text[end..]);
        return template;
    }

    /// <summary>The text for an id.</summary>
    /// <exception cref="FormatException">The template wants a number and the id is none.</exception>
    public string Expand(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var result = new StringBuilder();
        foreach (var (text, isFolder, digits) in _pieces)
        {
            if (text is not null)
                result.Append(text);
            else if (!isFolder && digits == 0)
                result.Append(id);
            else
                result.Append((isFolder ? Number(id) / FolderSize * FolderSize : Number(id)).ToString($"D{Math.Max(1, digits)}", CultureInfo.InvariantCulture));
        }
        return result.ToString();
    }

    /// <summary>The id for which this template gives a text, or null. What could not stand in a list of ids is none.</summary>
    public string? IdOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pattern = string.Concat(_pieces.Select(piece => piece switch
        {
            { Text: { } plain } => Regex.Escape(plain),
            { IsFolder: true } => "[0-9]+",
            { Digits: > 0 } => "(?<id>[0-9]{1,9})",
            _ => "(?<id>[^/]+)",
        }));
        var match = Regex.Match(text, $"^{pattern}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return match.Success && match.Groups["id"] is { Success: true, Value: var id } && IdList.IsId(id) && Expands(id, text) ? id : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static long Number(string id) =>
        id.Length <= 9 && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{id}' is not a number, as this set's ids are");

    private bool Expands(string id, string text)
    {
        try
        {
            return Expand(id) == text;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private void AddText(string text)
    {
        if (text.Contains('{', StringComparison.Ordinal) || text.Contains('}', StringComparison.Ordinal))
            throw new FormatException($"'{Text}': only {{id}}, {{id:05}}, {{folder}} and {{folder:05}} may stand in braces");
        if (text.Length > 0)
            _pieces.Add((text, false, 0));
    }

    [GeneratedRegex(@"\{(?<name>id|folder)(:0?(?<digits>[1-9]))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}

using System.Text;
using System.Text.Json;

namespace Fuzz;

/// <summary>Changes one value of a sound JSON text, which stays sound: what bytes at random seldom reach.</summary>
internal static class JsonDamage
{
    private const int DeepestNesting = 70;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1", "2147483648", "9223372036854775808", "-9223372036854775809", "1e999", "1e-999",
        "0.5", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"../../x\"", "[]", "[[]]", "{}", "[null]", "{\"\":0}",
        "[1,2,3,4,5,6,7,8,9]", "\"rhytid.landmarks/1\"",
    ];

    /// <summary>A copy of <paramref name="json"/> with up to three values changed, doubled or left out.</summary>
    public static byte[] Next(Random random, byte[] json)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            json = Change(random, json);
        return json;
    }

    private static byte[] Change(Random random, byte[] json)
    {
        var tokens = Tokens(json);
        if (tokens.Count == 0)
            return json;
        var (start, end, isName) = tokens[random.Next(tokens.Count)];
        var (before, token, after) = (json[..start], json[start..end], json[end..]);
        if (isName)
            return random.Next(3) switch
            {
                // The name that another has already, an unknown one, or the same value under two names.
                0 => [.. before, .. Name(random, json, tokens), .. after],
                1 => [.. before, .. "\"other\""u8, .. after],
                _ => [.. before, .. "\"twice\":0,"u8, .. token, .. after],
            };
        return random.Next(8) switch
        {
            0 => [.. before, .. token, .. ","u8, .. token, .. after],
            1 => [.. before, .. Encoding.ASCII.GetBytes(Nested(random.Next(2, DeepestNesting))), .. after],
            _ => [.. before, .. Encoding.ASCII.GetBytes(Values[random.Next(Values.Length)]), .. after],
        };
    }

    private static byte[] Name(Random random, byte[] json, List<(int Start, int End, bool IsName)> tokens)
    {
        var names = tokens.FindAll(token => token.IsName);
        var (start, end, _) = names[random.Next(names.Count)];
        return json[start..end];
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    // Names and whole values, those of objects and arrays too, while the text can be read.
    private static List<(int Start, int End, bool IsName)> Tokens(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        var tokens = new List<(int Start, int End, bool IsName)>();
        var open = new Stack<int>();
        try
        {
            while (reader.Read())
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray or JsonTokenType.StartObject:
                        open.Push(start);
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        tokens.Add((open.Pop(), end, false));
                        break;
                    case JsonTokenType.PropertyName:
                        // BytesConsumed is behind the colon.
                        tokens.Add((start, start + reader.ValueSpan.Length + 2, true));
                        break;
                    default:
                        tokens.Add((start, end, false));
                        break;
                }
            }
        }
        catch (JsonException)
        {
            // What was changed before made it unsound; what came before that place serves.
        }
        return tokens;
    }
}

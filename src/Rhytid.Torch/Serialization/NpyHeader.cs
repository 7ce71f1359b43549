using System.Globalization;

namespace Rhytid.Torch.Serialization;

/// <summary>
/// The Python dictionary at the head of a .npy file: exactly descr, fortran_order and shape, each once.
/// </summary>
/// <param name="Descr">Element type ("&lt;f4").</param>
/// <param name="FortranOrder">True: the first index runs fastest.</param>
/// <param name="Shape">Sizes.</param>
internal sealed record NpyHeader(string Descr, bool FortranOrder, long[] Shape)
{
    /// <exception cref="InvalidDataException">The text is anything else.</exception>
    public static NpyHeader Parse(string text)
    {
        var parser = new Parser(text);
        string? descr = null;
        bool? order = null;
        long[]? shape = null;
        parser.Require('{');
        while (!parser.Accept('}'))
        {
            var key = parser.String();
            parser.Require(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = parser.Accept('[')
                        ? throw new InvalidDataException(
                            "the array's elements are records of several fields, which are not read")
                        : parser.String();
                    break;
                case "fortran_order" when order is null:
                    order = parser.Bool();
                    break;
                case "shape" when shape is null:
                    shape = parser.Tuple();
                    break;
                default:
                    throw Parser.Damaged();
            }
            if (!parser.Accept(','))
            {
                parser.Require('}');
                break;
            }
        }
        parser.RequireEnd();
        return descr is null || order is null || shape is null
            ? throw Parser.Damaged()
            : new NpyHeader(descr, order.Value, shape);
    }

    private ref struct Parser(string text)
    {
        private ReadOnlySpan<char> _rest = text;

        public static InvalidDataException Damaged() => new("the .npy header is damaged");

        public bool Accept(char c)
        {
            _rest = _rest.TrimStart(" \n");
            if (_rest.IsEmpty || _rest[0] != c)
                return false;
            _rest = _rest[1..];
            return true;
        }

        public void Require(char c)
        {
            if (!Accept(c))
                throw Damaged();
        }

        public readonly void RequireEnd()
        {
            if (!_rest.Trim(" \n").IsEmpty)
                throw Damaged();
        }

        public string String()
        {
            var quote = Accept('"') ? '"' : '\'';
            if (quote == '\'')
                Require('\'');
            var end = _rest.IndexOf(quote);
            if (end < 0 || _rest[..end].Contains('\\'))
                throw Damaged();
            var value = _rest[..end].ToString();
            _rest = _rest[(end + 1)..];
            return value;
        }

        public bool Bool()
        {
            _rest = _rest.TrimStart(" \n");
            foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
                if (_rest.StartsWith(word, StringComparison.Ordinal))
                {
                    _rest = _rest[word.Length..];
                    return value;
                }
            throw Damaged();
        }

        public long[] Tuple()
        {
            var sizes = new List<long>();
            Require('(');
            while (!Accept(')'))
            {
                if (sizes.Count == TensorSize.MaxDimensions)
                    throw Damaged();
                sizes.Add(Integer());
                if (!Accept(','))
                {
                    // (3) is a number in Python, not a tuple.
                    if (sizes.Count == 1)
                        throw Damaged();
                    Require(')');
                    break;
                }
            }
            return [.. sizes];
        }

        private long Integer()
        {
            _rest = _rest.TrimStart(" \n");
            var digits = _rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0
                || !long.TryParse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                throw Damaged();
            _rest = _rest[digits..];
            return value;
        }
    }
}

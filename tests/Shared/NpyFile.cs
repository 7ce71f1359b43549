using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Rhytid.Tests.Shared;

/// <summary>Reads NumPy files of single-precision numbers in row-major order, as tests/Golden holds them.</summary>
internal static partial class NpyFile
{
    public static (long[] Shape, float[] Values) Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var headerLength = BitConverter.ToUInt16(bytes, 8);
        var header = Encoding.ASCII.GetString(bytes, 10, headerLength);
        Assert.Contains("'<f4'", header, StringComparison.Ordinal);
        Assert.Contains("'fortran_order': False", header, StringComparison.Ordinal);
        var shape =
            Numbers().Matches(header[header.IndexOf('(', StringComparison.Ordinal)..])
                .Select(match => long.Parse(match.Value, null))
                .ToArray();
        return (shape, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + headerLength)).ToArray());
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}

using Rhytid.Imaging;

namespace FaceCheck;

/// <summary>The pictures of <c>no-faces.txt</c>.</summary>
internal static class NoFaceList
{
    /// <summary>Each picture by its line; null where the package's file is not on this machine.</summary>
    public static IEnumerable<(string Name, Image? Picture)> Read(string list, string packages)
    {
        foreach (var line in File.ReadLines(list).Where(line => line.Length > 0 && line[0] != '#'))
        {
            yield return line.Split(' ') switch
            {
                ["drawn", var kind, var seed] =>
                    (line, DrawnPictures.Draw(
                        kind, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture))),
                ["package", _, var path] => (line, Load(Path.Combine(packages, path))),
                _ => throw new InvalidDataException($"{list}: '{line}' is neither drawn nor from a package"),
            };
        }
    }

    private static Image? Load(string path) => File.Exists(path) ? Image.Load(path) : null;
}

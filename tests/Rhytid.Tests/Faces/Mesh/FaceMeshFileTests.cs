using System.Globalization;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Mesh;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Faces.Mesh;

public sealed class FaceMeshFileTests : IDisposable
{
    private static readonly FaceImage Face = FaceImage.FromAligned(new Image(200, 100));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x,y\n", "{0},{1}", "\n", "")]
    [InlineData("", "{0}, {1}, 0.25", "\r\n", "\r\n")]
    [InlineData("[", "[{0},{1}]", ",", "]")]
    [InlineData("{{\"points\":[", "[{0},{1},0.5]", ",", "]}}")]
    [InlineData(" {{\"landmarks\":[", "{{\"x\":{0},\"y\":{1},\"z\":0}}", ",\n", "]}}")]
    public void Shares_of_the_picture_become_pixels_in_every_format(string start, string row, string between, string end)
    {
        var path = Write(start.Replace("{{", "{", StringComparison.Ordinal) + Rows(SyntheticMesh.Points(), row, between) + end.Replace("}}", "}", StringComparison.Ordinal));

        var mesh = new FaceMeshFile(path).Find(Face)!;

        Assert.All(mesh.Points.Zip(SyntheticMesh.Points()), pair => Assert.True(Vector2.Distance(pair.First, pair.Second * new Vector2(200, 100)) < 1e-3f));
    }

    [Fact]
    public void Pixels_stay_pixels()
    {
        var pixels = Array.ConvertAll(SyntheticMesh.Points(), point => point * 100);

        var mesh = new FaceMeshFile(Write(Rows(pixels, "{0},{1}", "\n"))).Find(Face)!;

        Assert.All(mesh.Points.Zip(pixels), pair => Assert.True(Vector2.Distance(pair.First, pair.Second) < 1e-3f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(467)]
    [InlineData(469)]
    [InlineData(477)]
    public void Another_number_of_rows_is_refused_with_file_and_count(int rows)
    {
        var path = Write(Rows([.. Enumerable.Repeat(new Vector2(0.5f), rows)], "{0},{1}", "\n"));

        var error = Assert.Throws<FaceMeshException>(() => new FaceMeshFile(path).Find(Face));

        Assert.Equal($"{path}: expected 468 landmark rows, found {rows}", error.Message);
    }

    [Theory]
    [InlineData("0.5,0.5\n0.1\n", "line 2: expected x,y or x,y,z, got '0.1'")]
    [InlineData("0.5,0.5\n0.1,nan\n", "line 2: expected x,y or x,y,z, got '0.1,nan'")]
    [InlineData("not landmarks", "line 1: expected x,y or x,y,z, got 'not landmarks'")]
    [InlineData("{\"faces\":[]}", "no array of landmarks")]
    [InlineData("[[0.1,0.2],", "not a JSON list of landmarks")]
    [InlineData("[[0.1]]", "not a JSON list of landmarks")]
    [InlineData("[[\"a\",\"b\"]]", "not a JSON list of landmarks")]
    [InlineData("[{\"x\":1}]", "not a JSON list of landmarks")]
    public void A_damaged_file_gets_one_line_that_names_it(string content, string expected)
    {
        var path = Write(content);

        var error = Assert.Throws<FaceMeshException>(() => new FaceMeshFile(path).Find(Face));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FaceMeshException>(() => new FaceMeshFile(_folder["none.csv"]).Find(Face));

        Assert.StartsWith(_folder["none.csv"], error.Message, StringComparison.Ordinal);
    }

    private static string Rows(Vector2[] points, string row, string between) => string.Join(between, points.Select(point =>
        string.Format(CultureInfo.InvariantCulture, row, point.X.ToString("R", CultureInfo.InvariantCulture), point.Y.ToString("R", CultureInfo.InvariantCulture))));

    private string Write(string content)
    {
        var path = _folder["mesh.txt"];
        File.WriteAllText(path, content);
        return path;
    }
}

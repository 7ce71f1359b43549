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
    public void Shares_of_the_picture_become_pixels_in_every_format(
        string start, string row, string between, string end)
    {
        var path = Write(
            start.Replace("{{", "{", StringComparison.Ordinal) + Rows(SyntheticMesh.Points(), row, between)
                + end.Replace("}}", "}", StringComparison.Ordinal));

        var mesh = new FaceMeshFile(path).Find(Face)!;

        Assert.All(
            mesh.Points.Zip(SyntheticMesh.Points()),
            pair => Assert.True(Vector2.Distance(pair.First, pair.Second * new Vector2(200, 100)) < 1e-3f));
    }

    [Theory]
    [InlineData("", "{0},{1},0,0.9", "\n", "")]
    [InlineData("x,y,z,visibility\n", "{0},{1},0,1", "\n", "")]
    [InlineData("{{\"face_landmarks\":[[", "{{\"x\":{0},\"y\":{1},\"z\":0}}", ",", "]]}}")]
    [InlineData("{{\"faceLandmarks\":[[", "[{0},{1},0]", ",", "]]}}")]
    [InlineData("{{\"multi_face_landmarks\":[{{\"landmark\":[", "{{\"x\":{0},\"y\":{1}}}", ",", "]}}]}}")]
    [InlineData("[[", "[{0},{1}]", ",", "]]")]
    public void Results_of_MediaPipe_with_irises_are_the_mesh_of_their_first_points(
        string start, string row, string between, string end)
    {
        Vector2[] points = [.. SyntheticMesh.Points(), .. Enumerable.Repeat(new Vector2(0.9f), 10)];
        var path = Write(
            start.Replace("{{", "{", StringComparison.Ordinal) + Rows(points, row, between)
                + end.Replace("}}", "}", StringComparison.Ordinal));

        var mesh = Assert.Single(new FaceMeshFile(path).FindAll(Face));

        Assert.All(
            mesh.Points.Zip(SyntheticMesh.Points()),
            pair => Assert.True(Vector2.Distance(pair.First, pair.Second * new Vector2(200, 100)) < 1e-3f));
    }

    [Fact]
    public void A_column_of_numbers_before_x_is_known()
    {
        var rows = SyntheticMesh.Points()
            .Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{point.X},{point.Y},0"));

        foreach (var header in new[] { "", "id,x,y,z\n" })
        {
            var mesh = new FaceMeshFile(Write(header + string.Join('\n', rows))).Find(Face)!;
            Assert.InRange(
                Vector2.Distance(mesh.Points[10], SyntheticMesh.Points()[10] * new Vector2(200, 100)), 0, 1e-3f);
        }
    }

    [Fact]
    public void Two_faces_of_MediaPipe_are_two_meshes()
    {
        var one = "[" + Rows(SyntheticMesh.Points(), "[{0},{1}]", ",") + "]";

        Assert.Equal(2, new FaceMeshFile(Write($"{{\"face_landmarks\":[{one},{one}]}}")).FindAll(Face).Count);
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

    private static string Rows(Vector2[] points, string row, string between) =>
        string.Join(between, points.Select(point =>
            string.Format(
                CultureInfo.InvariantCulture, row, point.X.ToString("R", CultureInfo.InvariantCulture),
                point.Y.ToString("R", CultureInfo.InvariantCulture))));

    private string Write(string content)
    {
        var path = _folder["mesh.txt"];
        File.WriteAllText(path, content);
        return path;
    }
}

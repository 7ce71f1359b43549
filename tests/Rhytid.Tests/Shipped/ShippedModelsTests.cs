using System.Xml.Linq;
using Rhytid.Shipped;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Shipped;

public sealed class ShippedModelsTests : IDisposable
{
    private static readonly string Source = Path.Combine(Repository.Root, "models");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_of_the_folder_is_in_the_manifest_and_conversely()
    {
        var models = ShippedModels.Open(Source).All;

        var named =
            models.SelectMany(model => new[] { model.File, model.LicenseFile, model.Card }).OfType<string>().Append(
                ShippedModels.ManifestName).Distinct();
        var there = Directory.GetFiles(Source, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Source, path));

        Assert.Equal(named.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_file_that_ships_is_whole_and_beside_the_program()
    {
        var models = ShippedModels.Default;

        Assert.StartsWith(AppContext.BaseDirectory, models.Folder, StringComparison.Ordinal);
        foreach (var model in models.All)
            Assert.Equal(model.Bytes, new FileInfo(models.PathOf(model.File)).Length);
        Assert.True(models.Has(ShippedModels.FaceDetector) && models.Has(ShippedModels.FaceMesh));
    }

    [Theory]
    [InlineData("Rhytid.Weights.Open", "MIT", "Apache-2.0")]
    [InlineData("Rhytid.Weights.NonCommercial", "CC-BY-NC-SA-4.0", "LicenseRef-research-only")]
    public void A_package_of_weights_has_the_files_that_the_manifest_gives_it(string package, params string[] licenses)
    {
        var models = ShippedModels.Open(Source).All.Where(model => model.Package == package).ToList();
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", package, package + ".csproj"));

        Assert.Equal(
            models.Select(model => model.File), project.Descendants("Weights").Single().Attribute("Include")!.Value.Split(';'));
        Assert.All(models, model => Assert.Contains(model.License, licenses));
    }

    [Fact]
    public void A_changed_byte_is_refused_in_one_line()
    {
        var path = Copy(ShippedModels.FaceDetector);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        AssertRefused("SHA-256");
    }

    [Fact]
    public void A_truncated_file_is_refused_in_one_line()
    {
        var path = Copy(ShippedModels.FaceDetector);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..1000]);

        AssertRefused("the file has 1000 bytes");
    }

    [Fact]
    public void A_missing_file_is_refused_and_found_again_when_it_is_back()
    {
        var path = Copy(ShippedModels.FaceDetector);
        File.Move(path, path + ".away");
        var models = AssertRefused("missing; add the package Rhytid.Weights.Open");

        File.Move(path + ".away", path);
        Assert.Equal(path, models.PathOf(ShippedModels.FaceDetector));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"schema":"rhytid.models/1","models":[{"title":"no file"}]}""")]
    [InlineData("""{"schema":"rhytid.models/9","models":[]}""")]
    public void A_damaged_manifest_is_refused_in_one_line(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, ShippedModels.ManifestName), text);

        var error = Assert.Throws<CheckpointException>(() => ShippedModels.Open(_folder.Path));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains(ShippedModels.ManifestName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_ship_is_refused()
    {
        var error = Assert.Throws<CheckpointException>(() => ShippedModels.Open(Source).PathOf("../rhytid"));
        Assert.Contains("no shipped model", error.Message, StringComparison.Ordinal);
    }

    private string Copy(string file)
    {
        File.Copy(Path.Combine(Source, ShippedModels.ManifestName), _folder[ShippedModels.ManifestName]);
        File.Copy(Path.Combine(Source, file), _folder[file]);
        return _folder[file];
    }

    private ShippedModels AssertRefused(string why)
    {
        var models = ShippedModels.Open(_folder.Path);
        foreach (var read in
            new Action[]
            {
                () => models.PathOf(ShippedModels.FaceDetector), () => models.Read(ShippedModels.FaceDetector)
            })
        {
            var error = Assert.Throws<CheckpointException>(read);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.Contains(ShippedModels.FaceDetector, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        return models;
    }
}

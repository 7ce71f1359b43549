using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Doctor_finds_everything_on_a_machine_that_can_run_the_tests()
    {
        var run = RhytidProcess.Run("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("OpenCV", run.Output, StringComparison.Ordinal);
        Assert.Contains("libtorch", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Unable to load shared library 'rhytid_torch'")]
    [InlineData("no library", "librhytid_torch.so: ")]
    public void A_libtorch_part_that_cannot_be_loaded_is_named_in_one_line(string? content, string cause)
    {
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, _folder[Path.GetFileName(file)]);
        File.Delete(_folder["librhytid_torch.so"]);
        if (content is not null)
            File.WriteAllText(_folder["librhytid_torch.so"], content);

        var doctor = RhytidProcess.RunCopy(_folder.Path, "doctor");
        // For want of the models' folder; that a binding was not built yet is no fault.
        Assert.Equal(3, doctor.ExitCode);
        Assert.Contains(
            content is null ? "not there yet" : "apt-get install libtorch-dev", doctor.Output,
            StringComparison.Ordinal);
        Assert.Empty(doctor.ErrorLines);
        var create = RhytidProcess.RunCopy(
            _folder.Path, "models", "create", "unet", _folder["model.safetensors"], "--width", "8");
        Assert.Equal(3, create.ExitCode);
        var line = Assert.Single(create.ErrorLines);
        Assert.StartsWith("error: the libtorch part cannot be loaded (", line, StringComparison.Ordinal);
        Assert.Contains(cause, line, StringComparison.Ordinal);
    }
}

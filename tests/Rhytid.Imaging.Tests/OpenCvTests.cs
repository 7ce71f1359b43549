using System.Numerics;
using Rhytid.Imaging.Detection;

namespace Rhytid.Imaging.Tests;

/// <summary>Whatever is passed, native code answers with an exception: the process lives on.</summary>
public class OpenCvTests
{
    [Fact]
    public void Wrong_kernels_and_types_throw()
    {
        var floats = new Plane<float>(8, 8);
        Assert.Throws<ImageException>(() => floats.GaussianBlur(1, kernelSize: 4));
        Assert.Throws<ImageException>(() => new Plane<byte>(8, 8).BoxMean(0, 3));
        Assert.Throws<ImageException>(() => new Plane<double>(8, 8).GaussianBlur(1));
        Assert.Throws<ImageException>(() => new Image(8, 8).Channel(3));
    }

    [Theory]
    [InlineData("libgtk-3.so.0: cannot open shared object file: No such file or directory", "apt-get install libgtk-3-0")]
    [InlineData("libdrm.so.2: cannot open shared object file: No such file or directory", " libdrm2 ")]
    [InlineData("/a/OpenCvSharpExtern.so: cannot open shared object file: No such file", "add the NuGet package")]
    public void A_missing_library_is_one_line_with_what_to_install(string line, string expected)
    {
        var problem = OpenCv.MissingLibrary(
            $"Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies.\n/a/x.so: not there\n{line}\n");

        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void Files_that_are_no_models_are_refused()
    {
        Assert.Throws<ImageException>(() => new OnnxNetwork("not onnx"u8));
        Assert.Throws<ImageException>(() => new OnnxNetwork([]));
    }

    [Fact]
    public void A_singular_warp_gives_a_picture_and_no_crash() =>
        Assert.Equal(8, new Image(8, 8).Warp(8, 8, new Matrix3x2(0, 0, 0, 0, 0, 0)).Width);

    [Fact]
    public void Empty_planes_cannot_be_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Plane<byte>(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mask(4, -1));
    }
}

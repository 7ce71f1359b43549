using Rhytid.Torch;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>Samples and checks that several tests of camera operations share.</summary>
internal static class CameraCases
{
    internal static readonly float[] Levels = [0, 51, 102, 127.5f, 204, 255];
}

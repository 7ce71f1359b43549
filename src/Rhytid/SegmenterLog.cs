using Microsoft.Extensions.Logging;

namespace Rhytid;

/// <summary>What a segmenter tells a log: nothing from which a person or a file could be known.</summary>
internal static partial class SegmenterLog
{
    [LoggerMessage(
        1, LogLevel.Debug, "{Faces} faces in a photo of {Width} x {Height} pixels by {Method}, {Milliseconds:0} ms")]
    public static partial void Segmented(
        ILogger logger, int faces, int width, int height, string method, double milliseconds);

    [LoggerMessage(2, LogLevel.Debug, "About a photo: {Warning}")]
    public static partial void Warned(ILogger logger, string warning);

    [LoggerMessage(
        3, LogLevel.Information, "Wrinkles are found by {File}, since {Package} is not installed")]
    public static partial void SecondBest(ILogger logger, string file, string package);
}

using Rhytid;
using Rhytid.Imaging;

using var segmenter = WrinkleSegmenter.Load();
var result = segmenter.Segment(args[0]);
Console.WriteLine($"{result.Face?.Measurements.Count ?? 0} wrinkles, found by {result.Weights?.File}");
result.WrinkleMask.Save("wrinkles.png");

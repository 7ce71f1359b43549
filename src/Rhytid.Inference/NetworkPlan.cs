using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference;

/// <summary>Where each map of a network lies in one block of memory, for one size of image.</summary>
/// <remarks>A map's place is used again once the last layer that reads it is done.</remarks>
internal sealed unsafe class NetworkPlan
{
    // Maps begin on cache lines.
    private const int Alignment = 16;

    private readonly MapSize[] _sizes;
    private readonly int[] _channels;
    private readonly long[] _places;

    public NetworkPlan(MapSize image, int[] channels, InferenceLayer[] layers, int[] outputs)
    {
        _channels = channels;
        _sizes = new MapSize[channels.Length];
        _places = new long[channels.Length];
        _sizes[0] = image;
        var lastUse = new int[channels.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            _sizes[i + 1] = layers[i].SizeFor(Array.ConvertAll(layers[i].Inputs, input => _sizes[input]));
            if (_sizes[i + 1].Height < 1 || _sizes[i + 1].Width < 1)
                throw new ArgumentException(
                    $"an image of {image.Height} x {image.Width} pixels is too small for the network");
            foreach (var input in layers[i].Inputs)
                lastUse[input] = i + 1;
        }
        foreach (var output in outputs)
            lastUse[output] = int.MaxValue;
        for (var map = 0; map < channels.Length; map++)
        {
            _places[map] = Place(map, lastUse);
            Length = Math.Max(Length, _places[map] + Room(map));
        }
    }

    /// <summary>Numbers of the block.</summary>
    public long Length { get; }

    /// <summary>The maps in a block of memory.</summary>
    public FeatureMap[] Maps(float* memory)
    {
        var maps = new FeatureMap[_sizes.Length];
        for (var i = 0; i < maps.Length; i++)
            maps[i] = new FeatureMap(memory + _places[i], 1, _sizes[i].Height, _sizes[i].Width, _channels[i]);
        return maps;
    }

    private long Room(int map)
    {
        var length = (long)_sizes[map].Height * _sizes[map].Width * _channels[map];
        if (length > int.MaxValue)
            throw new ArgumentException("the image is too large: a map of the network would have over 2^31 numbers");
        return (length + Alignment - 1) / Alignment * Alignment;
    }

    // The first gap between maps that are still needed.
    private long Place(int map, int[] lastUse)
    {
        var needed = Enumerable.Range(0, map).Where(other => lastUse[other] >= map).OrderBy(other => _places[other]);
        var place = 0L;
        foreach (var other in needed)
        {
            if (place + Room(map) <= _places[other])
                break;
            place = Math.Max(place, _places[other] + Room(other));
        }
        return place;
    }
}

/// <summary>Images that are filled up to a size that a network takes.</summary>
internal static class ImageBorder
{
    /// <summary>
    /// Copies an image into a map; what the map has more at the right and bottom is the image mirrored, or 0 where the
    /// image is too small for that.
    /// </summary>
    public static void Fill(ReadOnlySpan<float> pixels, int height, int width, FeatureMap map)
    {
        var channels = map.Channels;
        var isMirrored = map.Height - height < height && map.Width - width < width;
        for (var y = 0; y < map.Height; y++)
        {
            var target = map.Row(y);
            if (y >= height && !isMirrored)
            {
                target.Clear();
                continue;
            }
            var source = pixels.Slice(Mirrored(y, height) * width * channels, width * channels);
            source.CopyTo(target);
            for (var x = width; x < map.Width; x++)
            {
                var pixel = target.Slice(x * channels, channels);
                if (isMirrored)
                    source.Slice(Mirrored(x, width) * channels, channels).CopyTo(pixel);
                else
                    pixel.Clear();
            }
        }
    }

    /// <summary>Copies the upper left part of a map.</summary>
    public static void Crop(FeatureMap map, int height, int width, Span<float> target)
    {
        if (target.Length != height * width * map.Channels)
            throw new ArgumentException(
                $"{height} x {width} pixels of {map.Channels} channels do not fit {target.Length} numbers");
        for (var y = 0; y < height; y++)
            map.Row(y)[..(width * map.Channels)].CopyTo(target[(y * width * map.Channels)..]);
    }

    private static int Mirrored(int place, int size) => place < size ? place : (2 * size) - 2 - place;
}

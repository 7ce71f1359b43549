using Rhytid.Imaging;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>Reads one sample's files and brings them to the pack's size.</summary>
internal sealed class SamplePacker(WrinkleDataset dataset, PackOptions options)
{
    private readonly ISkinSource? _skin = SkinSources.OwnOf(dataset);
    private readonly bool _skinIsLabels = dataset.Samples.Any(sample => sample[Channel.Labels] is not null);

    public string SkinName => _skin?.Name ?? "none";

    /// <summary>The channels that are packed of a sample, in the order of the file.</summary>
    public IEnumerable<Channel> ChannelsOf(WrinkleSample sample) =>
        Channels.All.Where(channel => IsPacked(sample, channel));

    /// <summary>The bytes of each channel.</summary>
    /// <exception cref="ImageException">A file cannot be read.</exception>
    /// <exception cref="DatasetException">A picture is not square, or the photo is missing.</exception>
    public ChannelSet<byte[]> Pack(WrinkleSample sample)
    {
        var photo = SampleFiles.LoadPhoto(sample);
        RequireSquare(photo.Width, photo.Height, sample[Channel.Photo]!);
        var (width, height) = (photo.Width, photo.Height);
        var small = options.MaskResize == MaskResize.Nearest ? MaskResize.Nearest : MaskResize.Half;
        var shrunk = width == options.Size ? photo : photo.Resize(options.Size, options.Size, options.ImageResize);
        return new(ChannelsOf(sample).Select(channel => KeyValuePair.Create(channel, channel switch
        {
            Channel.Wrinkles => Shrink(dataset.LoadMask(sample), sample[Channel.Wrinkles]!, options.MaskResize),
            Channel.ScoredRegion => Shrink(SampleFiles.LoadScoredRegion(sample)!, sample[Channel.ScoredRegion]!, small),
            Channel.Skin =>
                Shrink(_skin!.Find(sample, width, height)!, sample[Channel.Labels] ?? sample[Channel.Skin]!, small),
            Channel.Labels =>
                FaceLabels.Resize(
                    FaceLabels.InOrder(
                        FaceLabels.Load(sample[Channel.Labels]!), dataset.Layout.LabelOrder, LabelOrder.BiSeNet),
                    options.Size).Samples.ToArray(),
            Channel.Texture => TextureOf(sample, shrunk, _skin?.Find(sample, width, height)),
            Channel.Photo => Planar(shrunk),
            _ => throw Channels.Unknown(channel),
        })));
    }

    private bool IsPacked(WrinkleSample sample, Channel channel) =>
        (channel != Channel.Labels || options.Labels)
        && (channel.Info().IsRequired
            || sample.Paths.Contains(channel == Channel.Skin && _skinIsLabels ? Channel.Labels : channel));

    private static void RequireSquare(int width, int height, string path)
    {
        if (width != height)
            throw new DatasetException($"{path}: {width} x {height} pixels are not square; a pack holds aligned faces");
    }

    private byte[] Planar(Image photo)
    {
        var size = options.Size;
        var samples = photo.Samples;
        var planes = new byte[3 * size * size];
        var (green, blue) = (size * size, 2 * size * size);
        for (int i = 0, o = 0; o < size * size; i += 3, o++)
            (planes[o], planes[green + o], planes[blue + o]) = (samples[i], samples[i + 1], samples[i + 2]);
        return planes;
    }

    // A texture map depends on the size it is computed at: what a network learns from must be what it sees later, when
    // the photo is brought to the network's size first.
    private byte[] TextureOf(WrinkleSample sample, Image shrunk, Mask? skin)
    {
        var stored = SampleFiles.LoadTexture(sample)!;
        RequireSquare(stored.Width, stored.Height, sample[Channel.Texture]!);
        if (stored.Width == options.Size)
            return stored.Samples.ToArray();
        if (skin is null)
            return stored.Resize(options.Size, options.Size).Samples.ToArray();
        var inside = new Mask(options.Size, options.Size);
        var bits = Shrink(skin, sample[Channel.Texture]!, MaskResize.Half);
        for (var i = 0; i < bits.Length; i++)
            inside.Samples[i] = bits[i] == 0 ? (byte)0 : Mask.Set;
        return TextureMap.Compute(shrunk.ToGray(), inside).Samples.ToArray();
    }

    private byte[] Shrink(Mask mask, string path, MaskResize rule)
    {
        RequireSquare(mask.Width, mask.Height, path);
        var target = new byte[options.Size * options.Size];
        MaskShrinker.Resize(mask.Samples, mask.Width, mask.Height, target, options.Size, options.Size, rule);
        return target;
    }
}

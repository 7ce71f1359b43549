using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization.Tflite;

namespace Rhytid.Models.Tflite;

/// <summary>
/// Where the windows of a convolution or a pooling lie in one direction. SAME gives ceil(n / stride) results; what
/// padding that needs is split in two halves, the odd pixel at the end, which libtorch's symmetric padding cannot
/// express.
/// </summary>
internal readonly record struct TfliteAxis(long Before, long After, long Results)
{
    /// <summary>Size of the input with its padding.</summary>
    public long Padded(long size) => Before + size + After;

    /// <summary>Places the windows.</summary>
    /// <exception cref="InvalidDataException">Sizes are impossible.</exception>
    public static TfliteAxis Create(string name, TflitePadding padding, long size, long kernel, long stride, long dilation)
    {
        const int Largest = 1 << 15;
        if (kernel is < 1 or > Largest || stride is < 1 or > Largest || dilation is < 1 or > Largest)
            throw new InvalidDataException(
                $"an operator {name} has the kernel {kernel}, stride {stride}, dilation {dilation}; all must be 1 or more");
        var extent = ((kernel - 1) * dilation) + 1;
        if (padding == TflitePadding.Valid)
        {
            if (extent > size)
                throw new InvalidDataException(
                    $"an operator {name} has a window of {extent} pixels for an input of {size}");
            return new TfliteAxis(0, 0, ((size - extent) / stride) + 1);
        }
        var results = (size + stride - 1) / stride;
        var missing = Math.Max(((results - 1) * stride) + extent - size, 0);
        return new TfliteAxis(missing / 2, missing - (missing / 2), results);
    }
}

/// <summary>The windows of a convolution or a pooling.</summary>
internal sealed class TfliteWindow
{
    private const double MaxPadded = 2 * TfliteModel.MaxElements;
    private const double MaxWindows = 8 * TfliteModel.MaxElements;
    private readonly TfliteAxis _rows;
    private readonly TfliteAxis _columns;

    public TfliteWindow(TfliteOperator from, IReadOnlyList<int> input, Size2 kernel)
    {
        var options = from.Options;
        _rows = TfliteAxis.Create(
            from.Name, options.Padding, input[1], kernel.Height, options.StrideHeight, options.DilationHeight);
        _columns = TfliteAxis.Create(
            from.Name, options.Padding, input[2], kernel.Width, options.StrideWidth, options.DilationWidth);
        // What libtorch may have to spread out in memory: the padded image, and every window of it.
        var padded = (double)input[0] * _rows.Padded(input[1]) * _columns.Padded(input[2]) * input[3];
        var windows = (double)_rows.Results * _columns.Results * kernel.Height * kernel.Width * input[3];
        if (padded > MaxPadded || windows > MaxWindows)
            throw new InvalidDataException($"an operator {from.Name} needs more memory than any supported network");
        Stride = new Size2(options.StrideHeight, options.StrideWidth);
        Dilation = new Size2(options.DilationHeight, options.DilationWidth);
    }

    public Size2 Stride { get; }

    public Size2 Dilation { get; }

    public Size2 Results => new(_rows.Results, _columns.Results);

    /// <summary>The padding that an operator may do itself; what is uneven is done by <see cref="Pad"/>.</summary>
    public Size2 Padding => IsEven ? new Size2(_rows.Before, _columns.Before) : new Size2(0, 0);

    private bool IsEven => _rows.Before == _rows.After && _columns.Before == _columns.After;

    public Tensor Pad(Tensor input, double value = 0) =>
        IsEven ? input : input.Pad([_columns.Before, _columns.After, _rows.Before, _rows.After], value);
}

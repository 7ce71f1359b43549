namespace Rhytid.Torch;

/// <summary>Where a tensor lives: the processor's memory or one CUDA device.</summary>
public readonly record struct Device
{
    private const int CpuType = 0;
    private const int CudaType = 1;
    private const int MaxIndex = 127;

    private Device(int type, int index) => (Type, Index) = (type, index);

    /// <summary>The processor.</summary>
    public static Device Cpu => default;

    internal int Type { get; }

    /// <summary>Number of the CUDA device; 0 on the processor.</summary>
    public int Index { get; }

    /// <summary>True for CUDA devices.</summary>
    public bool IsCuda => Type == CudaType;

    // RT_DEVICE: type * 256 + (index + 1), where the processor has no index.
    internal int Code => Type * 256 + (IsCuda ? Index + 1 : 0);

    /// <summary>CUDA device number <paramref name="index"/>.</summary>
    public static Device Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, MaxIndex);
        return new(CudaType, index);
    }

    /// <summary>Reads "cpu", "cuda" or "cuda:1".</summary>
    /// <exception cref="FormatException">The text names no device.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "cpu")
            return Cpu;
        if (text == "cuda")
            return Cuda();
        if (text.StartsWith("cuda:", StringComparison.Ordinal)
            && byte.TryParse(text.AsSpan(5), out var index)
            && index <= MaxIndex)
            return Cuda(index);
        throw new FormatException($"'{text}' is no device: cpu, cuda or cuda:1");
    }

    /// <inheritdoc/>
    public override string ToString() => IsCuda ? $"cuda:{Index}" : "cpu";

    internal static Device FromCode(int code) => (code / 256) switch
    {
        CpuType => Cpu,
        CudaType => Cuda(Math.Max(code % 256 - 1, 0)),
        _ => throw new NotSupportedException($"device type {code / 256} is not supported"),
    };
}

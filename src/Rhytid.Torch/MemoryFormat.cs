namespace Rhytid.Torch;

/// <summary>The order of a tensor's elements in memory. The numbers are libtorch's own (c10::MemoryFormat).</summary>
public enum MemoryFormat
{
    /// <summary>Row-major: (N, C, H, W) with W innermost.</summary>
    Contiguous = 0,

    /// <summary>Whatever the source has.</summary>
    Preserve = 1,

    /// <summary>(N, C, H, W) with C innermost: the order in which convolutions run fastest.</summary>
    ChannelsLast = 2,
}

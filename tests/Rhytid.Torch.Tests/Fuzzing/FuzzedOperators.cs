namespace Rhytid.Torch.Tests.Fuzzing;

/// <summary>Which operators can be called with anything that fits their signature, and which cannot.</summary>
internal static class FuzzedOperators
{
    /// <summary>
    /// Parts of names whose kernels trust their caller, which is libtorch itself or a layer above it.
    /// </summary>
    private static readonly string[] Internals =
    [
        "aten::_", "native_", // libtorch's own helpers, behind the functions that check
        "_backward", // called by automatic differentiation with values it saved itself
        "as_strided", "set_", "resize", "set.", // raw views of a storage, by definition unchecked
        // indices inside the tensor are trusted
        "sparse", "crow_indices", "ccol_indices", "coalesce", "to_padded_tensor",
        // scales inside the tensor are trusted
        "quant", "fbgemm", "qparams", "q_per_channel", "q_scale", "q_zero", "int_repr",
        "mkldnn", "cudnn", "miopen", "thnn", "slow_conv", // one backend's kernels, behind the functions that check
    ];

    /// <summary>Found by this fuzzer in libtorch 1.13: kernels that crash on arguments of the right kind.</summary>
    private static readonly string[] Faulty =
    [
        "max_unpool", // writes where its indices point
        "sum_to_size", // shapes below zero
        "align_tensors", // an empty list
        "histogramdd", // an empty list of bins
        "batch_norm_update_stats", // a batch of nothing
        "rrelu_with_noise", // noise of another size
    ];

    public static bool IsFuzzed(string name) =>
        name.StartsWith("aten::", StringComparison.Ordinal) && !Mentions(name, Internals) && !Mentions(name, Faulty);

    private static bool Mentions(string name, string[] parts) =>
        Array.Exists(parts, part => name.Contains(part, StringComparison.Ordinal));
}

namespace Rhytid.Torch.Distributed;

/// <summary>What carries tensors between processes.</summary>
public enum CollectiveBackend
{
    /// <summary>Tensors in the processor's memory, over TCP.</summary>
    Gloo,

    /// <summary>Tensors on CUDA devices, one device for each process.</summary>
    Nccl,
}

using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference;

/// <summary>What one image at a time is computed in: a block that grows with the largest image, and a loop.</summary>
/// <param name="layers">The network's layers.</param>
internal sealed unsafe class NetworkMemory(InferenceLayer[] layers) : IDisposable
{
    private readonly Dictionary<NetworkPlan, NetworkView> _views = [];
    private NativeBuffer _block = new(0);

    /// <summary>Computes one layer after another.</summary>
    public BlockLoop Loop { get; } = new();

    /// <summary>The maps of a plan, made once for each.</summary>
    public NetworkView ViewOf(NetworkPlan plan)
    {
        if (_block.Length < plan.Length)
        {
            _views.Clear();
            _block.Dispose();
            _block = new NativeBuffer(plan.Length);
        }
        if (_views.TryGetValue(plan, out var view))
            return view;
        if (_views.Count >= InferenceNetwork.MostPlans)
            _views.Clear();
        return _views[plan] = NewView(plan);
    }

    public void Dispose() => _block.Dispose();

    private NetworkView NewView(NetworkPlan plan)
    {
        var maps = plan.Maps(_block.Pointer);
        var jobs = new Job[layers.Length];
        for (var i = 0; i < layers.Length; i++)
            jobs[i] = new Job(layers[i], Array.ConvertAll(layers[i].Inputs, input => maps[input]), maps[i + 1]);
        return new NetworkView(maps, jobs);
    }
}

/// <summary>A network's maps in memory, and the layers that make them.</summary>
/// <param name="Maps">All maps; 0 is the image.</param>
/// <param name="Jobs">One layer each, in their order.</param>
internal sealed record NetworkView(FeatureMap[] Maps, Job[] Jobs);

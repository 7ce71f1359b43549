using Rhytid.Torch.Distributed;

namespace Rhytid.Torch.Tests.Distributed;

/// <summary>A test that needs a build with Gloo.</summary>
internal sealed class GlooFactAttribute : FactAttribute
{
    public GlooFactAttribute() =>
        Skip = ProcessGroup.Has(CollectiveBackend.Gloo)
            ? null
            : "this libtorch was built without Gloo, or its headers are missing";
}

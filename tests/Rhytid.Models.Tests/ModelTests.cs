using Rhytid.Torch;

namespace Rhytid.Models.Tests;

/// <summary>
/// Tests of whole networks run one after another, because each may take a gigabyte, and on one thread.
/// </summary>
/// <remarks>
/// At the tests' image sizes threads gain little, and where processors are shared they mostly wait for each other.
/// </remarks>
[CollectionDefinition(OneAtATime, DisableParallelization = true)]
public sealed class ModelTests : ICollectionFixture<ModelTests.OneThread>
{
    public const string OneAtATime = "models";

    public sealed class OneThread : IDisposable
    {
        private readonly int _threads = TorchRuntime.Threads;

        public OneThread() => TorchRuntime.Threads = 1;

        public void Dispose() => TorchRuntime.Threads = _threads;
    }
}

namespace Rhytid.Tests.Models;

/// <summary>Tests of whole networks run one after another: each uses every core and up to a gigabyte.</summary>
[CollectionDefinition(OneAtATime, DisableParallelization = true)]
public sealed class ModelTests
{
    public const string OneAtATime = "models";
}

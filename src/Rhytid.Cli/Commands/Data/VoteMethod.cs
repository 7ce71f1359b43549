using Rhytid.Training.Datasets.Annotators;

namespace Rhytid.Cli.Commands.Data;

/// <summary>How several masks become one.</summary>
internal enum VoteMethod
{
    /// <summary>What enough annotators marked.</summary>
    Majority,

    /// <summary>The share of annotators, as grey levels.</summary>
    Soft,

    /// <summary>Expectation-maximisation of truth and annotators.</summary>
    Staple,
}

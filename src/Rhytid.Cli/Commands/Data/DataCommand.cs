using System.CommandLine;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// <c>rhytid data</c>: everything before training, from photos and annotators to a checked, split and packed set.
/// </summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Checks, labels, splits and packs data sets for training.")
    {
        DataPackCommand.Create(),
        DataCheckCommand.Create(),
        DataPrepareCommand.Create(),
        DataWeakLabelsCommand.Create(),
        DataVoteCommand.Create(),
        DataAgreementCommand.Create(),
        DataSplitCommand.Create(),
        DataDemographicsCommand.Create(),
        DataStatsCommand.Create(),
        DataPreviewCommand.Create(),
        DataSemiAutoCommand.Create(),
        DataMergeCommand.Create(),
    };
}

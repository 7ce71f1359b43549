using Rhytid.Torch.Distributed;

namespace Rhytid.Torch.Tests.Distributed;

public class ProcessGroupOptionsTests
{
    [Fact]
    public void Without_variables_a_process_is_alone() => Assert.Null(From());

    [Fact]
    public void Slurms_variables_alone_mean_nothing() => Assert.Null(From("SLURM_PROCID=0", "SLURM_NTASKS=2"));

    [Fact]
    public void Torchruns_variables_are_read() =>
        Assert.Equal(
            new ProcessGroupOptions { Rank = 3, WorldSize = 4, MasterAddress = "node1", MasterPort = 29500 },
            From("RANK=3", "WORLD_SIZE=4", "MASTER_ADDR=node1", "MASTER_PORT=29500", "SLURM_PROCID=1"));

    [Fact]
    public void Slurm_numbers_the_ranks_where_a_meeting_place_is_set() =>
        Assert.Equal(
            new ProcessGroupOptions { Rank = 1, WorldSize = 2, MasterAddress = "10.0.0.1", MasterPort = 1234 },
            From("SLURM_PROCID=1", "SLURM_NTASKS=2", "MASTER_ADDR=10.0.0.1", "MASTER_PORT=1234"));

    [Theory]
    [InlineData("RANK=0", "WORLD_SIZE is not set; MASTER_ADDR is not set; MASTER_PORT is not set")]
    [InlineData("RANK=2 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "RANK=2 is no number from 0 to 1")]
    [InlineData("RANK=-1 WORLD_SIZE=2 MASTER_ADDR=a MASTER_PORT=1", "RANK=-1 is no number from 0 to 1")]
    [InlineData(
        "RANK=0 WORLD_SIZE=two MASTER_ADDR=a MASTER_PORT=70000",
        "WORLD_SIZE=two is no number from 1 to 65536; MASTER_PORT=70000 is no number from 1 to 65535")]
    [InlineData("SLURM_PROCID=5 SLURM_NTASKS=2 MASTER_ADDR=a MASTER_PORT=1", "SLURM_PROCID=5 is no number from 0 to 1")]
    public void Half_set_or_wrong_variables_are_all_told_at_once(string variables, string problems)
    {
        var error = Assert.Throws<FormatException>(() => From(variables.Split(' ')));
        Assert.Equal("the variables of a run in many processes: " + problems, error.Message);
    }

    private static ProcessGroupOptions? From(params string[] variables)
    {
        var known = variables.Select(line => line.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return ProcessGroupOptions.From(known.GetValueOrDefault);
    }
}

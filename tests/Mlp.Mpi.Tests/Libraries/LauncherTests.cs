using Mlp.Mpi.Libraries;

namespace Mlp.Mpi.Tests.Libraries;

public class LauncherTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4;PMIX_RANK=1", MpiKind.OpenMpi, 4)]
    [InlineData("PMI_RANK=1;PMI_SIZE=3", MpiKind.Mpich, 3)]
    [InlineData("PMIX_RANK=1;SLURM_STEP_NUM_TASKS=2", MpiKind.OpenMpi, 2)]
    [InlineData("PMI_RANK=1;PMI_SIZE=many", MpiKind.Mpich, null)]
    internal void Of_FindsTheLibraryAndTheNumberOfRanks(string environment, MpiKind kind, int? count) =>
        Assert.Equal(new Launcher(kind, count), Launcher.Of(Read(environment)));

    [Theory]
    [InlineData("")]
    [InlineData("SLURM_STEP_NUM_TASKS=2")]
    public void Of_WithoutMpirun_IsNull(string environment) => Assert.Null(Launcher.Of(Read(environment)));

    private static Func<string, string?> Read(string environment)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(
            part => part.Split('=')[0], part => part.Split('=')[1]);
        return name => variables.GetValueOrDefault(name);
    }
}

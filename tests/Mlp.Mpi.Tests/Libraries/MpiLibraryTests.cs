using System.Diagnostics;
using Mlp.Mpi.Libraries;

namespace Mlp.Mpi.Tests.Libraries;

/// <summary>In a process of its own: MPI starts once in a process.</summary>
public class MpiLibraryTests
{
    [Fact]
    public void NoLibrary_IsAnErrorThatSaysWhatToInstall()
    {
        MpiRun run = Start(("PMI_RANK", "0"), ("PMI_SIZE", "1"), (MpiLibrary.Variable, "libnothing.so"));
        Assert.Equal(3, run.Code);
        Assert.Contains(
            "rank -1: MpiException: mpirun has started this process, but its MPI library cannot be loaded: tried libnothing.so. Install "
                + "MPICH on this machine (Debian: apt-get install mpich), or name its library in the variable MLP_MPI_LIBRARY.",
            run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LibraryThatIsNoMpi_IsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The name of the C library is that of Linux.");
        MpiRun run = Start(("PMI_RANK", "0"), ("PMI_SIZE", "1"), (MpiLibrary.Variable, "libc.so.6"));
        Assert.Equal(3, run.Code);
        Assert.Contains("libc.so.6 has no function MPI_Ialltoallv: it is no MPI library", run.Error, StringComparison.Ordinal);
    }

    private static MpiRun Start(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [MpiRun.RankProgram, "rank", "sgd", "2"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return MpiRun.Run(start);
    }
}

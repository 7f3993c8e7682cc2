using System.Globalization;

namespace Mlp.Mpi.Libraries;

/// <summary>What mpirun has told this process by its environment.</summary>
/// <param name="Kind">Whose mpirun it was.</param>
/// <param name="RankCount">How many it has started; null where it does not say.</param>
internal sealed record Launcher(MpiKind Kind, int? RankCount)
{
    /// <summary>Null where no mpirun has started this process.</summary>
    /// <param name="variable">Gives a variable of the environment by its name.</param>
    public static Launcher? Of(Func<string, string?> variable)
    {
        if (variable("OMPI_COMM_WORLD_SIZE") is string ofOpenMpi)
            return new Launcher(MpiKind.OpenMpi, ToCount(ofOpenMpi));
        if (variable("PMI_RANK") is not null)
            return new Launcher(MpiKind.Mpich, ToCount(variable("PMI_SIZE")));
        // srun --mpi=pmix, and OpenMPI's own from version 5 on.
        return variable("PMIX_RANK") is null ? null : new Launcher(MpiKind.OpenMpi, ToCount(variable("SLURM_STEP_NUM_TASKS")));
    }

    private static int? ToCount(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : null;
}

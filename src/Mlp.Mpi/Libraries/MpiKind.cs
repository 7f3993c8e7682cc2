namespace Mlp.Mpi.Libraries;

/// <summary>The two families of MPI libraries, by what their handles are.</summary>
internal enum MpiKind
{
    /// <summary>Handles are addresses of what the library exports.</summary>
    OpenMpi,

    /// <summary>Handles are numbers that all libraries with MPICH's binary interface share: Intel MPI, MVAPICH, Cray MPICH.</summary>
    Mpich,
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Mlp.Mpi.Libraries;

/// <summary>The MPI library of this machine: the dozen functions that training needs, found at run time.</summary>
internal sealed unsafe class MpiLibrary
{
    /// <summary>The variable that names the library's file, where it is not found under the usual names.</summary>
    public const string Variable = "MLP_MPI_LIBRARY";

    // dlopen: RTLD_NOW | RTLD_GLOBAL as Linux has them.
    private const int NowAndGlobal = 0x102;

    // Calls from any thread, but from one at a time; the number is the same in both families.
    private const int Serialized = 2;

    // More than any library says of itself or of an error.
    private const int MostTextBytes = 8192;

    private readonly nint _handle, _world, _byte, _noStatus;
    private readonly delegate* unmanaged<byte*, int*, int*, nint, byte*, int*, int*, nint, nint, nint*, int> _exchange;
    private readonly delegate* unmanaged<byte*, int, nint, byte*, int*, int*, nint, nint, nint*, int> _gather;
    private readonly delegate* unmanaged<nint*, int*, nint, int> _test;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorText;
    private readonly delegate* unmanaged<int> _finalize;

    private MpiLibrary(nint handle, string name)
    {
        (_handle, Name) = (handle, name);
        Kind = NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _world) ? MpiKind.OpenMpi : MpiKind.Mpich;
        nint returnErrors;
        if (Kind == MpiKind.OpenMpi)
            (_byte, returnErrors, _noStatus) = (Find("ompi_mpi_byte"), Find("ompi_mpi_errors_return"), 0);
        else
            (_world, _byte, returnErrors, _noStatus) = (0x44000000, 0x4c00010d, 0x54000001, 1);
        _exchange = (delegate* unmanaged<byte*, int*, int*, nint, byte*, int*, int*, nint, nint, nint*, int>)Find("MPI_Ialltoallv");
        _gather = (delegate* unmanaged<byte*, int, nint, byte*, int*, int*, nint, nint, nint*, int>)Find("MPI_Iallgatherv");
        _test = (delegate* unmanaged<nint*, int*, nint, int>)Find("MPI_Test");
        _errorText = (delegate* unmanaged<int, byte*, int*, int>)Find("MPI_Error_string");
        _finalize = (delegate* unmanaged<int>)Find("MPI_Finalize");
        Start(returnErrors);
    }

    public MpiKind Kind { get; }

    /// <summary>As it was found.</summary>
    public string Name { get; }

    public int Rank { get; private set; }

    public int RankCount { get; private set; }

    /// <summary>Finds the library, and starts MPI in this process.</summary>
    /// <param name="kind">Whose mpirun has started it: that library is looked for first.</param>
    /// <exception cref="MpiException">There is none, or it does not start.</exception>
    public static MpiLibrary Load(MpiKind kind)
    {
        string? given = Environment.GetEnvironmentVariable(Variable);
        string[] names = string.IsNullOrEmpty(given) ? NamesOf(kind) : [given];
        foreach (string name in names)
        {
            if (TryLoad(name, out nint handle))
                return new MpiLibrary(handle, name);
        }
        string packages = kind == MpiKind.OpenMpi ? "openmpi-bin" : "mpich";
        throw new MpiException(
            $"mpirun has started this process, but its MPI library cannot be loaded: tried {string.Join(", ", names)}. Install "
                + $"{(kind == MpiKind.OpenMpi ? "OpenMPI" : "MPICH")} on this machine (Debian: apt-get install {packages}), or name its "
                + $"library in the variable {Variable}.");
    }

    /// <summary>Begins to send bytes from every rank to every rank.</summary>
    public nint Exchange(byte* sent, int* sentCounts, int* sentStarts, byte* received, int* receivedCounts, int* receivedStarts)
    {
        nint request = 0;
        Check(_exchange(sent, sentCounts, sentStarts, _byte, received, receivedCounts, receivedStarts, _byte, _world, &request));
        return request;
    }

    /// <summary>Begins to give the bytes of every rank to all.</summary>
    public nint Gather(byte* mine, int count, byte* all, int* counts, int* starts)
    {
        nint request = 0;
        Check(_gather(mine, count, _byte, all, counts, starts, _byte, _world, &request));
        return request;
    }

    /// <summary>Whether what a request stands for is done; the library works on it in this call.</summary>
    public bool IsDone(ref nint request)
    {
        int isDone = 0;
        fixed (nint* pointer = &request)
            Check(_test(pointer, &isDone, _noStatus));
        return isDone != 0;
    }

    public void End() => Check(_finalize());

    private static string[] NamesOf(MpiKind kind)
    {
        string[] openMpi = OperatingSystem.IsMacOS() ? ["libmpi.40.dylib", "libmpi.dylib"] : ["libmpi.so.40", "libmpi.so"];
        string[] mpich = OperatingSystem.IsMacOS() ? ["libmpi.12.dylib", "libmpich.dylib"] : ["libmpich.so.12", "libmpi.so.12"];
        return kind == MpiKind.OpenMpi ? openMpi : mpich;
    }

    private static bool TryLoad(string name, [MaybeNullWhen(false)] out nint handle)
    {
        // OpenMPI loads parts of itself that expect its own names to be known everywhere.
        foreach (string system in OperatingSystem.IsLinux() ? (string[])["libc.so.6", "libdl.so.2"] : [])
        {
            if (!NativeLibrary.TryLoad(system, out nint loader) || !NativeLibrary.TryGetExport(loader, "dlopen", out nint open))
                continue;
            fixed (byte* bytes = Encoding.UTF8.GetBytes(name + '\0'))
            {
                if (((delegate* unmanaged<byte*, int, nint>)open)(bytes, NowAndGlobal) != 0)
                    break;
            }
        }
        return NativeLibrary.TryLoad(name, out handle);
    }

    private void Start(nint returnErrors)
    {
        int provided, rank, count;
        Check(((delegate* unmanaged<int*, byte***, int, int*, int>)Find("MPI_Init_thread"))(null, null, Serialized, &provided));
        Check(((delegate* unmanaged<nint, nint, int>)Find("MPI_Comm_set_errhandler"))(_world, returnErrors));
        Check(((delegate* unmanaged<nint, int*, int>)Find("MPI_Comm_rank"))(_world, &rank));
        Check(((delegate* unmanaged<nint, int*, int>)Find("MPI_Comm_size"))(_world, &count));
        (Rank, RankCount) = (rank, count);
        if (provided < Serialized)
        {
            throw new MpiException(
                $"{Name} was built without support for threads: it offers level {provided}, and {Serialized} is needed. Install a "
                    + "build with MPI_THREAD_SERIALIZED.");
        }
    }

    private nint Find(string name) => NativeLibrary.TryGetExport(_handle, name, out nint address) ? address : throw new MpiException(
        $"{Name} has no function {name}: it is no MPI library, or one from before version 3 of the standard. Name another one in the "
            + $"variable {Variable}.");

    private void Check(int code)
    {
        if (code == 0)
            return;
        byte* bytes = stackalloc byte[MostTextBytes];
        int length = 0;
        string text = _errorText(code, bytes, &length) == 0
            ? Encoding.UTF8.GetString(bytes, Math.Clamp(length, 0, MostTextBytes)).Trim() : "no more is known";
        throw new MpiException($"MPI reports error {code}: {text}.");
    }
}

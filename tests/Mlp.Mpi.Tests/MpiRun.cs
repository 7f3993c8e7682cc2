using System.Diagnostics;

namespace Mlp.Mpi.Tests;

/// <summary>Programs started by the mpirun of this machine.</summary>
/// <param name="Code">Exit code of mpirun.</param>
/// <param name="Out">Standard output of all ranks, line by line; the order of ranks is open.</param>
/// <param name="Error">Standard error of all ranks and of mpirun.</param>
public sealed record MpiRun(int Code, string[] Out, string Error)
{
    // A hang, on the slowest machine: no run takes a tenth of it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Names of both libraries.</summary>
    public static string[] Libraries => ["OpenMPI", "MPICH"];

    /// <summary>The program of the tests that is a rank.</summary>
    public static string RankProgram => Path.Combine(AppContext.BaseDirectory, "Mlp.TestSupport.dll");

    /// <summary>Starts ranks of <see cref="RankProgram"/>.</summary>
    public static MpiRun OfRanks(string library, int count, params string[] arguments) =>
        Of(library, count, ["dotnet", RankProgram, "rank", .. arguments]);

    /// <summary>Starts a program so many times; skips the test where the library is not installed.</summary>
    public static MpiRun Of(string library, int count, string[] command)
    {
        string? launcher = Find(library);
        string package = library == "MPICH" ? "mpich" : "openmpi-bin";
        Assert.SkipWhen(launcher is null, $"{library} is not installed (Debian: apt-get install {package}).");
        string[] options = library == "MPICH" ? [] : ["--oversubscribe", "--bind-to", "none"];
        var start = new ProcessStartInfo(launcher!, [.. options, "-n", $"{count}", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        // However busy the machine is, ranks find each other.
        start.Environment["MLP_CONNECT_SECONDS"] = $"{Limit.TotalSeconds}";
        // Otherwise the runtime tells a terminal that it is there, between the lines.
        start.Environment["TERM"] = "dumb";
        return Run(start);
    }

    /// <summary>Runs a command to its end.</summary>
    public static MpiRun Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} {string.Join(' ', start.ArgumentList)} hangs.");
        }
        return new MpiRun(
            process.ExitCode,
            output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            error.GetAwaiter().GetResult());
    }

    /// <summary>Its mpirun; null where there is none.</summary>
    private static string? Find(string library)
    {
        string[] names = library == "MPICH" ? ["mpirun.mpich", "mpirun"] : ["mpirun.openmpi", "mpirun"];
        foreach (string name in names)
        {
            string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            if (path is not null && (name != "mpirun" || Version(path).Contains(library == "MPICH" ? "HYDRA" : "Open MPI")))
                return path;
        }
        return null;
    }

    private static string Version(string path)
    {
        MpiRun run = Run(new ProcessStartInfo(path, "--version")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        });
        return string.Join('\n', run.Out);
    }
}

namespace Mlp.Packages.Tests;

/// <summary>All packages of the repository, packed once into a temporary folder.</summary>
public sealed class PackedPackages : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlp-packages-").FullName;

    private readonly Lazy<OrdinaryPrograms> _ordinary;

    public PackedPackages()
    {
        _ordinary = new(() => new OrdinaryPrograms(this));
        foreach (string project in Projects)
            Pack(project, Folder, "artifacts");
    }

    /// <summary>The packages of libraries, in the order of their dependencies.</summary>
    public static IReadOnlyList<string> Libraries { get; } = ["Mlp", "Mlp.MLNet", "Mlp.Mpi", "Mlp.Reports", "Mlp.Scoring", "Mlp.Tables"];

    public static IReadOnlyList<string> Projects { get; } = [.. Libraries, "Mlp.Tool"];

    /// <summary>A package source.</summary>
    public string Folder => FolderNamed("packages");

    /// <summary>Published once, when a test first asks for them.</summary>
    internal OrdinaryPrograms Ordinary => _ordinary.Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A folder that is gone after the tests.</summary>
    public string FolderNamed(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Builds and packs from nothing, in Release as dotnet pack does.</summary>
    internal void Pack(string project, string target, string artifacts)
    {
        (int exitCode, string output) = DotnetCommand.Run(BuildFacts.Root, null, [.. PackArguments(project, target, artifacts)]);
        Assert.True(exitCode == 0, $"{project} could not be packed:\n{output}");
    }

    internal string[] PackArguments(string project, string target, string artifacts) =>
    [
        "pack", $"src/{project}", "--nologo", "-nodeReuse:false", "-o", target, "--artifacts-path", FolderNamed(artifacts),
        // Several sources are separated by semicolons, which a property on the command line cannot have as they are.
        $"-p:RestoreAdditionalProjectSources={BuildFacts.PackageSources.Replace(";", "%3B")}",
    ];

    internal PackageContent Open(string project) =>
        new(Directory.GetFiles(Folder, $"{project}.*.nupkg").Single(path => IsOf(path, project)));

    internal PackageContent OpenSymbols(string project) =>
        new(Directory.GetFiles(Folder, $"{project}.*.snupkg").Single(path => IsOf(path, project)));

    // "Mlp.0.1.0.nupkg" is of Mlp, "Mlp.MLNet.0.1.0.nupkg" is not.
    private static bool IsOf(string path, string project) => char.IsAsciiDigit(Path.GetFileName(path)[project.Length + 1]);
}

namespace Mlp.Packages.Tests;

/// <summary>A program that has nothing of this repository but its packages: the one that a package's own readme shows.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class ConsumerTests(PackedPackages packages)
{
    // A program with Mlp.Scoring needs an exported class: PublishedScorerTests has one.
    public static TheoryData<string> Libraries => [.. PackedPackages.Libraries.Where(project => project != "Mlp.Scoring")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ReadmesProgram_RunsOnThePackages(string project)
    {
        (string source, string shown) = ReadmeBlocks(project);
        var program = new ConsumerProgram(packages, $"app-{project}", project, source);
        string folder = program.Folder;
        // The engine needs no other source; the others need one that has Microsoft.ML.
        if (project == "Mlp")
            File.WriteAllText(
                Path.Combine(folder, "nuget.config"), "<configuration><packageSources><clear /></packageSources></configuration>");
        Directory.CreateDirectory(Path.Combine(folder, "samples"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "samples", "data"), BuildFacts.Path("samples/data"));

        (int exitCode, string output) = program.Build("build", "-warnaserror", "-o", "bin/app");
        Assert.True(exitCode == 0, output);
        PackageContent package = packages.Open(project);
        string version = package.Elements("version").Single().Value, id = project.ToLowerInvariant();
        Assert.Equal(File.ReadAllBytes(package.Path), File.ReadAllBytes(
            Path.Combine(program.RestoredPackages, id, version, $"{id}.{version}.nupkg")));

        (exitCode, output) = DotnetCommand.Run(folder, program.RestoredPackages, Path.Combine("bin", "app", "App.dll"));
        Assert.True(exitCode == 0, output);
        // The digits behind the point are the processor's.
        Assert.StartsWith(shown.Split('.')[0], output);
        Assert.Equal(shown.Split('\n').Length, output.TrimEnd().Split('\n').Length);
    }

    private static (string Program, string Shown) ReadmeBlocks(string project)
    {
        string[] parts = File.ReadAllText(BuildFacts.Path($"src/{project}/README.md")).Split("```");
        return (parts.First(part => part.StartsWith("csharp\n"))["csharp\n".Length..],
            parts.First(part => part.StartsWith("text\n"))["text\n".Length..].TrimEnd());
    }
}

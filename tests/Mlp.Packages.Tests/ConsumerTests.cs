namespace Mlp.Packages.Tests;

/// <summary>A program that has nothing of this repository but its packages: the one that a package's own readme shows.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class ConsumerTests(PackedPackages packages)
{
    public static TheoryData<string> Libraries => [.. PackedPackages.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ReadmesProgram_RunsOnThePackages(string project)
    {
        PackageContent package = packages.Open(project);
        string version = package.Elements("version").Single().Value, folder = packages.FolderNamed($"app-{project}"), restored = packages.FolderNamed("restored");
        (string program, string shown) = ReadmeBlocks(project);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{packages.Folder};{BuildFacts.PackageSources}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{project}" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        // The engine needs no other source; the adapter needs one that has Microsoft.ML.
        if (project == "Mlp")
            File.WriteAllText(Path.Combine(folder, "nuget.config"), "<configuration><packageSources><clear /></packageSources></configuration>");
        Directory.CreateDirectory(Path.Combine(folder, "samples"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "samples", "data"), BuildFacts.Path("samples/data"));

        (int exitCode, string output) = DotnetCommand.Run(folder, restored, "build", "--nologo", "-nodeReuse:false", "-o", "bin/app");
        Assert.True(exitCode == 0, output);
        string id = project.ToLowerInvariant();
        Assert.Equal(File.ReadAllBytes(package.Path), File.ReadAllBytes(Path.Combine(restored, id, version, $"{id}.{version}.nupkg")));

        (exitCode, output) = DotnetCommand.Run(folder, restored, Path.Combine("bin", "app", "App.dll"));
        Assert.True(exitCode == 0, output);
        // The digits behind the point are the processor's.
        Assert.StartsWith(shown.Split('.')[0], output);
        Assert.Equal(shown.Split('\n').Length, output.TrimEnd().Split('\n').Length);
    }

    private static (string Program, string Shown) ReadmeBlocks(string project)
    {
        string[] parts = File.ReadAllText(BuildFacts.Path($"src/{project}/README.md")).Split("```");
        return (parts.First(part => part.StartsWith("csharp\n"))["csharp\n".Length..], parts.First(part => part.StartsWith("text\n"))["text\n".Length..].TrimEnd());
    }
}

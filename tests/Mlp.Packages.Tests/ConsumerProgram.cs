namespace Mlp.Packages.Tests;

/// <summary>A project outside this repository that has nothing of it but one of its packages.</summary>
internal sealed class ConsumerProgram
{
    private readonly PackedPackages _packages;

    /// <param name="packages">Where the package comes from.</param>
    /// <param name="name">Of the project's folder.</param>
    /// <param name="package">The package of a library.</param>
    /// <param name="source">The text of Program.cs.</param>
    public ConsumerProgram(PackedPackages packages, string name, string package, string source)
    {
        _packages = packages;
        Folder = packages.FolderNamed(name);
        string version = packages.Open(package).Elements("version").Single().Value;
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), source);
        File.WriteAllText(Path.Combine(Folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{packages.Folder};{BuildFacts.PackageSources}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
    }

    public string Folder { get; }

    /// <summary>Where packages of these tests are restored to: not the user's folder, which may have others of the same version.</summary>
    public string RestoredPackages => _packages.FolderNamed("restored");

    /// <summary>Runs dotnet in the project's folder.</summary>
    /// <param name="arguments">As typed, without --nologo and -nodeReuse:false.</param>
    /// <returns>The exit code, and all that was printed.</returns>
    public (int ExitCode, string Output) Build(params string[] arguments) =>
        DotnetCommand.Run(Folder, RestoredPackages, [arguments[0], "-nologo", "-nodeReuse:false", .. arguments[1..]]);
}

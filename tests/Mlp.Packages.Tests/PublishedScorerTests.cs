namespace Mlp.Packages.Tests;

/// <summary>A class that <c>mlp export</c> wrote, in programs of the base library alone: docs/scoring.md.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class PublishedScorerTests(PackedPackages packages, ITestOutputHelper output)
{
    [NativeAotFact]
    public void NativeAot_GivesTheSameBits_InAtMostFiveMegabytes()
    {
        string exported = Export();
        string ordinary = Publish("ordinary", exported, "--no-self-contained", out _);
        string trimmed = Publish(
            "trimmed", exported, "--use-current-runtime --self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true", out _);
        string native = Publish(
            "native", exported, "--use-current-runtime -p:PublishAot=true -p:IlcInstructionSet=native", out double megabytes);
        output.WriteLine($"scorer, native AOT: {megabytes:F1} MB");
        Assert.Equal((ordinary, ordinary), (trimmed, native));
        Assert.InRange(megabytes, 0, 5);
    }

    /// <summary>A project with the class, its weights and a program.</summary>
    private string Export()
    {
        string folder = packages.FolderNamed("scorer-tool"), work = packages.FolderNamed("scorer-work");
        File.WriteAllText(Path.Combine(work, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="packed" value="{packages.Folder}" /></packageSources></configuration>
            """);
        Check(DotnetCommand.Run(
            work, packages.FolderNamed("scorer-restored"), "tool", "install", "Mlp.Tool", "--tool-path", folder));
        string mlp = Path.Combine(folder, "mlp");
        Check(DotnetCommand.RunProgram(
            mlp, work, "train", BuildFacts.Path("samples/data/wine.csv"), "--label", "label", "--split-column", "split", "--preset", "fast",
            "--epochs", "10", "--out", "model.zip"));
        Check(DotnetCommand.RunProgram(mlp, work, "export", "model.zip", "--csharp", "Wine.cs"));
        return work;
    }

    /// <summary>What the published program prints.</summary>
    private string Publish(string way, string exported, string options, out double megabytes)
    {
        string folder = packages.FolderNamed($"scorer-{way}"), published = Path.Combine(folder, "published");
        foreach (string file in (string[])["Wine.cs", "Wine.weights"])
            File.Copy(Path.Combine(exported, file), Path.Combine(folder, file));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), PublishedProgram.ReadSource("Scorer.cs"));
        File.WriteAllText(Path.Combine(folder, "App.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <EmbeddedResource Include="Wine.weights" LogicalName="Wine.weights" />
              </ItemGroup>
            </Project>
            """);
        string[] sources = [$"-p:RestoreAdditionalProjectSources={BuildFacts.PackageSources.Replace(";", "%3B")}"];
        string printed = Check(DotnetCommand.Run(
            folder, null, ["publish", "-nodeReuse:false", "-o", published, .. sources, .. options.Split(' ')]));
        Assert.DoesNotContain("warning", printed);
        megabytes = new DirectoryInfo(published).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Extension is not (".pdb" or ".dbg")).Sum(file => file.Length) / 1e6;
        string program = Path.Combine(published, OperatingSystem.IsWindows() ? "App.exe" : "App");
        return Check(DotnetCommand.RunProgram(program, published)).Split('\n')[0];
    }

    private static string Check((int ExitCode, string Output) run)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }
}

using System.Text;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Scorers;

/// <summary>Where a scorer goes: the class, the weights beside it, and a project where one is wanted.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Source">Path of the class.</param>
/// <param name="Weights">Path of the weights.</param>
/// <param name="Project">Path of the project; null for none.</param>
internal sealed record ScorerFiles(string Name, string Source, string Weights, string? Project)
{
    /// <summary>A class in a file of its own.</summary>
    /// <param name="path">Ends with .cs.</param>
    /// <exception cref="ToolException">It does not.</exception>
    public static ScorerFiles OfClass(string path)
    {
        if (!path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            throw new ToolException(
                ExitCode.Usage, $"--csharp {path}: it is a file whose name ends with .cs; the weights are written beside it.");
        return new ScorerFiles(
            CSharp.Identifier(Path.GetFileNameWithoutExtension(path), []), path, Path.ChangeExtension(path, ".weights"), Project: null);
    }

    /// <summary>A project in a folder.</summary>
    /// <param name="folder">Made where it is not there.</param>
    public static ScorerFiles OfProject(string folder)
    {
        string name = CSharp.Identifier(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), []);
        return new ScorerFiles(
            name, Path.Combine(folder, $"{name}.cs"), Path.Combine(folder, $"{name}.weights"), Path.Combine(folder, $"{name}.csproj"));
    }

    /// <summary>Writes them.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="model">Where it comes from.</param>
    /// <param name="usesPackage">Whether the class refers to the package Mlp.Scoring.</param>
    public void Write(ScorerPlan plan, string model, bool usesPackage)
    {
        string weights = Path.GetFileName(Weights);
        string source = ScorerSource.Write(plan, weights, model, usesPackage);
        if (Project is not null)
            Directory.CreateDirectory(Path.GetDirectoryName(Project)!);
        OutputFile.Write(Weights, stream => WeightsFile.Write(stream, plan.Model, plan.Tables, plan.Numbers, plan.Intervals));
        WriteText(Source, source);
        if (Project is not null)
            WriteText(Project, ProjectOf(weights, usesPackage));
    }

    private static void WriteText(string path, string text) => OutputFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static string ProjectOf(string weights, bool usesPackage)
    {
        string version = typeof(Scoring.Scorer).Assembly.GetName().Version!.ToString(fieldCount: 3);
        string package = usesPackage ? $"    <PackageReference Include=\"Mlp.Scoring\" Version=\"{version}\" />\n" : "";
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <IsAotCompatible>true</IsAotCompatible>
              </PropertyGroup>
              <ItemGroup>
                <EmbeddedResource Include="{weights}" LogicalName="{weights}" />
            {package}  </ItemGroup>
            </Project>

            """;
    }
}

namespace Mlp.Packages.Tests;

/// <summary>The command, installed from its package alone.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class ToolTests(PackedPackages packages)
{
    [Fact]
    public void Tool_IsInstalledAndTrains()
    {
        string folder = packages.FolderNamed("tool"), work = packages.FolderNamed("tool-work");
        File.WriteAllText(Path.Combine(work, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="packed" value="{packages.Folder}" /></packageSources></configuration>
            """);
        (int exitCode, string output) = DotnetCommand.Run(
            work, packages.FolderNamed("tool-restored"), "tool", "install", "Mlp.Tool", "--tool-path", folder);
        Assert.True(exitCode == 0, output);

        string[] train = ["train", BuildFacts.Path("samples/data/wine.csv"), "--label", "label", "--split-column", "split", "--preset",
            "fast", "--out", "model.zip"];
        (exitCode, output) = DotnetCommand.RunProgram(Path.Combine(folder, "mlp"), work, train);
        Assert.True(exitCode == 0 && File.Exists(Path.Combine(work, "model.zip")), output);
        Assert.Contains(packages.Open("Mlp.Tool").Names, name => name.EndsWith("/Mlp.Tables.dll", StringComparison.Ordinal));
    }
}

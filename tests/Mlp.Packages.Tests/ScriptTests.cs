namespace Mlp.Packages.Tests;

/// <summary>The scripts of docs/scripts.md, a file each, on the packages.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class ScriptTests(PackedPackages packages)
{
    [Fact]
    public void FSharpScript_RunsOnThePackages()
    {
        string folder = FolderWithData("script-fsharp");
        string sources = string.Concat(Sources().Select(source => $"#i \"nuget: {source}\"\n"));
        File.WriteAllText(Path.Combine(folder, "tumors.fsx"), sources + WithVersion(Blocks("fsharp").Program));

        AssertPrints(Blocks("fsharp").Shown, folder, "fsi", "tumors.fsx");

        Assert.True(new FileInfo(Path.Combine(folder, "model.zip")).Length > 0);
    }

    [Fact]
    public void CSharpFile_RunsOnThePackages()
    {
        string folder = FolderWithData("script-csharp");
        File.WriteAllText(Path.Combine(folder, "tumors.cs"), WithVersion(Blocks("csharp").Program));
        string sources = string.Concat(Sources().Select((source, index) => $"<add key=\"s{index}\" value=\"{source}\" />"));
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"<configuration><packageSources>{sources}</packageSources></configuration>");

        AssertPrints(Blocks("csharp").Shown, folder, "run", "tumors.cs");
    }

    private void AssertPrints(string shown, string folder, params string[] arguments)
    {
        (int exitCode, string output) = DotnetCommand.Run(folder, packages.FolderNamed("restored"), arguments);
        Assert.True(exitCode == 0, output);
        Assert.Contains(shown, output);
    }

    private IEnumerable<string> Sources() =>
        BuildFacts.PackageSources.Split(';', StringSplitOptions.RemoveEmptyEntries).Prepend(packages.Folder);

    private string FolderWithData(string name)
    {
        string folder = packages.FolderNamed(name);
        Directory.CreateDirectory(Path.Combine(folder, "samples"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "samples", "data"), BuildFacts.Path("samples/data"));
        return folder;
    }

    /// <summary>The page names the version that is to be published, which a packed one may be a preview of.</summary>
    private string WithVersion(string program)
    {
        string version = packages.Open("Mlp.MLNet").Elements("version").Single().Value;
        Assert.Contains("Mlp.MLNet", program);
        return program.Replace("Mlp.MLNet, 0.2.0", $"Mlp.MLNet, {version}").Replace("Mlp.MLNet@0.2.0", $"Mlp.MLNet@{version}");
    }

    /// <summary>The block of a language, and what the page shows below it.</summary>
    private static (string Program, string Shown) Blocks(string language)
    {
        string[] parts = File.ReadAllText(BuildFacts.Path("docs/scripts.md")).ReplaceLineEndings("\n").Split("```");
        int place = Array.FindIndex(parts, part => part.StartsWith(language, StringComparison.Ordinal));
        string shown = parts[place + 2];
        Assert.StartsWith("text\n", shown);
        return (parts[place][(parts[place].IndexOf('\n') + 1)..], shown["text\n".Length..].TrimEnd());
    }
}

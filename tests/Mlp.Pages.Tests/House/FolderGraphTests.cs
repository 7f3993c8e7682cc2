using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlp.Pages.Tests.House;

/// <summary>In each project arrows between folders point down only.</summary>
public class FolderGraphTests(ITestOutputHelper output)
{
    // Of each project its folders, lowest first: a folder uses its own types and those of folders before it.
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["Mlp"] =
        [
            "Numerics", "State", "Activations", "Losses", "Networks", "Data", "Data/Stores", "Optimizers", "Schedules", "Models/Files",
            "Models", "Models/Intervals", "Training/Checkpoints", "Training/Sharding", "Training", "Training/Ensembles",
            "Training/Intervals", "Training/Tuning", "Explanations", "Evaluation",
        ],
        ["Mlp.MLNet"] =
        [
            "Onnx", "Options", "Interop", "Reading", "Scoring", "Explanations", "Tasks", "Parts", "Replay", "Models", "Evaluation",
            "Training", "Tuning", "Tasks/Binary", "Tasks/MultiLabel", "Tasks/Multiclass", "Tasks/Regression", "",
        ],
        ["Mlp.Mpi"] = ["Libraries", "Watching", ""],
        ["Mlp.Reports"] = ["Metrics", "Writing", "Content", "Findings", "Figures", "Page", "Tasks", ""],
        ["Mlp.Scoring"] = ["Numerics", "Files", "Networks", "", "Features"],
        ["Mlp.Tables"] = ["Descriptions", "Reading", "ParquetFiles", "Queries", "Inference", "TextFiles", ""],
        ["Mlp.Tool"] = ["Output", "Tasks", "Pipelines", "Models", "Pictures", "Web", "Training", "Scorers", "Serving", "Commands", ""],
    };

    public static TheoryData<string> Projects => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoFolder_ImportsOneAboveIt(string project)
    {
        var graph = FolderGraph.Of(Repository.Path($"src/{project}"));
        foreach (((string from, string to), SortedSet<string> uses) in graph.Edges)
            output.WriteLine($"{from} -> {to} ({uses.Count})");

        Assert.Equal(graph.Folders.Order(StringComparer.Ordinal), Layers[project].Order(StringComparer.Ordinal));
        Assert.True(graph.Edges.Count >= Layers[project].Length - 1, "Hardly a folder uses another: the sources were not understood.");
        Assert.Empty(graph.EdgesUpward(Layers[project]));
    }

    [Fact]
    public void EdgesUpward_NamesBothFoldersAndWhatImports()
    {
        var graph = FolderGraph.Of(Repository.Path("src/Mlp"));

        string[] edges = [.. graph.EdgesUpward([.. Layers["Mlp"].Reverse()])];

        Assert.Contains(edges, edge => edge.StartsWith("Networks imports Activations, which is above it: ", StringComparison.Ordinal)
            && edge.Contains("DenseLayer -> ActivationKernel", StringComparison.Ordinal));
    }

    /// <summary>Public types are in the namespace of the project, internal ones in that of their folder. (Extensions are where ML.NET's
    /// are.)</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespace_IsTheFolder(string project)
    {
        string root = Repository.Path($"src/{project}");
        var wrong = new List<string>();
        foreach (string file in FolderGraph.SourcesOf(root))
        {
            var unit = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();
            if (unit.Members.FirstOrDefault() is not BaseNamespaceDeclarationSyntax declared)
                continue;
            bool isPublic = declared.Members.OfType<MemberDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.PublicKeyword));
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            string expected = isPublic || folder == "." ? project : $"{project}.{folder}";
            string name = declared.Name.ToString();
            if (name != expected && !(isPublic && name == "Microsoft.ML") && name != "System.Runtime.CompilerServices")
                wrong.Add($"{Path.GetRelativePath(root, file)} is in {name}, not in {expected}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryProject_HasItsLayers() =>
        Assert.Equal(Layers.Keys.Order(), Directory.GetDirectories(Repository.Path("src")).Select(path => Path.GetFileName(path)).Order());
}

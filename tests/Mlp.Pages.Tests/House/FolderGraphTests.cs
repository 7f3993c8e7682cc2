namespace Mlp.Pages.Tests.House;

/// <summary>In each project arrows between folders point down only.</summary>
public class FolderGraphTests(ITestOutputHelper output)
{
    // Of each project its folders, lowest first: a folder uses its own types and those of folders before it.
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["Mlp"] =
        [
            "Numerics", "State", "Activations", "Losses", "Networks", "Data", "Optimizers", "Schedules", "Models/Files", "Models",
            "Training/Checkpoints", "Training", "Training/Ensembles", "Explanations", "Evaluation",
        ],
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

    [Fact]
    public void EveryProject_HasItsLayers() =>
        Assert.Empty(Directory.GetDirectories(Repository.Path("src")).Select(Path.GetFileName).Except(Layers.Keys));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mlp.Pages.Tests.House;

/// <summary>Which folder of a project uses types of which other one, found by the compiler in the sources.</summary>
internal sealed class FolderGraph
{
    private readonly string _root;
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> _edges = [];

    private FolderGraph(string root) => _root = root;

    /// <summary>Folders with sources, relative to the project, with slashes; "" for the project's own.</summary>
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);

    /// <summary>Uses across folders, each as "File -> Type".</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Edges => _edges;

    /// <param name="projectFolder">Full path.</param>
    public static FolderGraph Of(string projectFolder)
    {
        var graph = new FolderGraph(projectFolder);
        string[] files = [.. SourcesOf(projectFolder)];
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var compilation = CSharpCompilation.Create(
            // The name that other assemblies show their internals to.
            Path.GetFileName(projectFolder),
            [
                .. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
                CSharpSyntaxTree.ParseText(
                    "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;",
                    options),
            ],
            References(Path.GetFileName(projectFolder)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            graph.Folders.Add(graph.FolderOf(tree.FilePath));
            graph.AddUses(tree, compilation.GetSemanticModel(tree));
        }
        return graph;
    }

    /// <summary>The C# files of a project, without what a build wrote.</summary>
    public static IEnumerable<string> SourcesOf(string projectFolder) =>
        Directory.EnumerateFiles(projectFolder, "*.cs", SearchOption.AllDirectories).Where(file => !IsBuildOutput(projectFolder, file));

    /// <summary>The edges that lead to a folder further down in a list of folders, lowest first, with what makes them.</summary>
    public IEnumerable<string> EdgesUpward(IReadOnlyList<string> layers)
    {
        var ranks = layers.Select((folder, rank) => (folder, rank))
            .ToDictionary(pair => pair.folder, pair => pair.rank, StringComparer.Ordinal);
        return _edges.Where(edge => ranks[edge.Key.To] > ranks[edge.Key.From])
            .Select(edge => $"{edge.Key.From} imports {edge.Key.To}, which is above it: {string.Join(", ", edge.Value)}");
    }

    private static bool IsBuildOutput(string projectFolder, string file) =>
        Path.GetRelativePath(projectFolder, file).Split(Path.DirectorySeparatorChar)[0] is "obj" or "bin";

    /// <summary>What the tests run on, without the project itself: its types must be those of the sources.</summary>
    private static IEnumerable<MetadataReference> References(string assemblyName) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assemblyName)
            .Select(path => MetadataReference.CreateFromFile(path));

    private static IEnumerable<INamedTypeSymbol> TypesOf(SymbolInfo info)
    {
        foreach (ISymbol symbol in info.Symbol is null ? info.CandidateSymbols : [info.Symbol])
        {
            ISymbol meant = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
            INamedTypeSymbol? type = meant as INamedTypeSymbol
                ?? (meant is IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol ? meant.ContainingType : null);
            for (; type?.ContainingType is not null; type = type.ContainingType)
            {
            }
            if (type is not null)
                yield return type.OriginalDefinition;
        }
    }

    private void AddUses(SyntaxTree tree, SemanticModel model)
    {
        string from = FolderOf(tree.FilePath);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            foreach (INamedTypeSymbol type in TypesOf(model.GetSymbolInfo(name)))
            {
                foreach (string to in type.DeclaringSyntaxReferences.Select(reference => FolderOf(reference.SyntaxTree.FilePath))
                    .Where(to => to != from))
                {
                    if (!_edges.TryGetValue((from, to), out SortedSet<string>? uses))
                        _edges.Add((from, to), uses = new(StringComparer.Ordinal));
                    uses.Add($"{Path.GetFileNameWithoutExtension(tree.FilePath)} -> {type.Name}");
                }
            }
        }
    }

    private string FolderOf(string path) =>
        Path.GetDirectoryName(Path.GetRelativePath(_root, path))!.Replace(Path.DirectorySeparatorChar, '/');
}

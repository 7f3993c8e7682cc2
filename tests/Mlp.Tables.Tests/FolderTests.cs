using System.Reflection;
using System.Text.RegularExpressions;

namespace Mlp.Tables.Tests;

/// <summary>The folders of the library, each above those that it uses: the door, Inference, Reading, Descriptions.</summary>
public partial class FolderTests
{
    private static readonly string[] FromTheGroundUp = ["Descriptions", "Reading", "Inference"];

    private static readonly string Root = Path.Combine(
        typeof(FolderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot").Value!,
        "src", "Mlp.Tables");

    [Fact]
    public void NoFolder_UsesOneAboveIt()
    {
        string[] edges = [.. FromTheGroundUp.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs")
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(match => match.Groups["folder"].Value))
            .Distinct().Where(used => used != folder).Select(used => $"{folder} -> {used}"))];

        Assert.Equal(["Reading -> Descriptions", "Inference -> Descriptions", "Inference -> Reading"],
            edges.Order(StringComparer.Ordinal).OrderBy(Height));

        static int Height(string edge) => Array.IndexOf(FromTheGroundUp, edge.Split(' ')[0]);
    }

    [Fact]
    public void Namespaces_AreThoseOfTheFolders_AndNothingButTheDoorLiesInTheRoot()
    {
        Assert.Equal(["TableFile.cs"], Directory.EnumerateFiles(Root, "*.cs").Select(Path.GetFileName));
        foreach (string folder in FromTheGroundUp)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs"))
            {
                string text = File.ReadAllText(file);
                string expected = PublicType().IsMatch(text) ? "namespace Mlp.Tables;" : $"namespace Mlp.Tables.{folder};";
                Assert.True(text.Contains(expected), $"{file} should have {expected}");
            }
        }
        // Internal types have the namespaces that the other test looks for, so public ones must not use them unseen.
        Assert.All(typeof(TableFile).Assembly.GetExportedTypes(), type => Assert.Equal("Mlp.Tables", type.Namespace));
    }

    [Fact]
    public void TheLibrary_RefersToDataViewsAlone()
    {
        string[] references = [.. typeof(TableFile).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal))];

        Assert.Equal(["Microsoft.ML.DataView"], references);
    }

    [GeneratedRegex(@"^using Mlp\.Tables\.(?<folder>\w+);", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}

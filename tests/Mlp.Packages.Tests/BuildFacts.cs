using System.Reflection;

namespace Mlp.Packages.Tests;

/// <summary>What the build of these tests knew.</summary>
internal static class BuildFacts
{
    public static string Root { get; } = Value("RepositoryRoot");

    /// <summary>Of a package, in Directory.Packages.props: "13.0.4" or "[5.0.1, 6.0.0)".</summary>
    public static string VersionOf(string package) =>
        System.Xml.Linq.XDocument.Load(Path("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(each => each.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    /// <summary>Package sources beside the user's own; empty for none.</summary>
    public static string PackageSources { get; } = Value("PackageSources");

    public static string Path(string relativePath) => System.IO.Path.Combine(Root, relativePath);

    private static string Value(string key) => typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value ?? "";
}

using System.Reflection;

namespace Mlp.Packages.Tests;

/// <summary>What the build of these tests knew.</summary>
internal static class BuildFacts
{
    public static string Root { get; } = Value("RepositoryRoot");

    /// <summary>Whether the build has the package Microsoft.ML, so that the adapter can be packed.</summary>
    public static bool HasMicrosoftML { get; } = Value("MLNetRuntime") == "package";

    /// <summary>"[5.0.0, 6.0.0)".</summary>
    public static string MicrosoftMLRange { get; } = Value("MLNetVersionRange");

    /// <summary>Of Google.Protobuf, in Directory.Packages.props.</summary>
    public static string ProtobufVersion { get; } = System.Xml.Linq.XDocument.Load(Path("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(package => package.Attribute("Include")!.Value == "Google.Protobuf").Attribute("Version")!.Value;

    /// <summary>Package sources beside the user's own; empty for none.</summary>
    public static string PackageSources { get; } = Value("PackageSources");

    public static string Path(string relativePath) => System.IO.Path.Combine(Root, relativePath);

    private static string Value(string key) => typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value ?? "";
}

using System.Reflection;

namespace Mlp.Tool.Tests;

/// <summary>The tables that ship with the repository.</summary>
internal static class SampleTables
{
    private static readonly string Root = typeof(SampleTables).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string PathOf(string name) => Path.Combine(Root, "samples", "data", name);
}

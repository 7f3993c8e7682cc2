using System.Reflection;
using System.Text.Json;

namespace Mlp.Tables.Tests;

/// <summary>The public tables beside the checkout, with the list of what they hold; tests over them are skipped where they are
/// absent.</summary>
internal static class SharedTables
{
    /// <summary>Read in place: most of them may not be shipped.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data"));

    /// <summary>Why tests are skipped; null where the tables are.</summary>
    public static string? Absence => File.Exists(ListPath) ? null : $"The public tables are not at {Folder}.";

    /// <summary>The tables that ship with the repository.</summary>
    public static string Samples => Path.Combine(Root, "samples", "data");

    private static string Root => typeof(SharedTables).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static string ListPath => Path.Combine(Folder, "datasets.json");

    /// <summary>Every table that is a CSV file.</summary>
    public static IEnumerable<Table> All()
    {
        if (Absence != null)
            return [];
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        return JsonSerializer.Deserialize<List<Table>>(File.ReadAllText(ListPath), options)!.Where(table => table.File.Contains(".csv"));
    }

    /// <summary>What the list says of a table.</summary>
    public sealed record Table(string Name, string File, string Task, long Rows, long Train, long Test, string[] Numeric,
        string[] Categorical, string[]? Classes)
    {
        public string FullPath => Path.Combine(Folder, File);
    }
}

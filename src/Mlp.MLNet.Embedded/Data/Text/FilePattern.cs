namespace Microsoft.ML.Data;

/// <summary>Paths with wildcards: * and ? within a folder, three dots for all folders below, + between alternatives.</summary>
internal static class FilePattern
{
    private const string Recursion = "...";

    /// <summary>The files that exist, each alternative in alphabetical order.</summary>
    public static string[] Expand(string pattern)
    {
        if (!pattern.Contains('+') && !HasWildcard(pattern))
            return File.Exists(pattern) ? [pattern] : [];
        return pattern.Split('+', StringSplitOptions.RemoveEmptyEntries).SelectMany(ExpandOne).ToArray();
    }

    private static bool HasWildcard(string pattern) => pattern.AsSpan().IndexOfAny('*', '?') >= 0 || pattern.Contains(Recursion);

    private static IEnumerable<string> ExpandOne(string pattern)
    {
        if (!HasWildcard(pattern))
            return File.Exists(pattern) ? [pattern] : [];
        int dots = pattern.IndexOf(Recursion, StringComparison.Ordinal);
        string folder = dots >= 0 ? pattern[..dots] : Path.GetDirectoryName(pattern) ?? "";
        string name = dots >= 0 ? pattern[(dots + Recursion.Length)..].TrimStart('/', '\\') : Path.GetFileName(pattern);
        string root = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(root))
            return [];
        var depth = dots >= 0 ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        return Directory.EnumerateFiles(root, name.Length == 0 ? "*" : name, depth)
            .Select(path => folder.Length == 0 ? Path.GetRelativePath(".", path) : path)
            .Order(StringComparer.Ordinal);
    }
}

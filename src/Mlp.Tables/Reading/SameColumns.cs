using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Reading;

/// <summary>Files that are read as one table have the same columns.</summary>
internal static class SameColumns
{
    /// <summary>Where the columns of the first file are in another one.</summary>
    /// <exception cref="TableException">It has others.</exception>
    public static int[] OrderOf(string firstPath, IReadOnlyList<string> first, string path, IReadOnlyList<string> found)
    {
        if (!first.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal)))
            throw Differ(firstPath, path, [.. first.Except(found)], [.. found.Except(first)]);
        var places = found.Index().ToDictionary(column => column.Item, column => column.Index);
        return [.. first.Select(name => places[name])];
    }

    /// <param name="firstPath">The file that says what columns there are.</param>
    /// <param name="path">One that has others.</param>
    /// <param name="lacks">What it does not have, in words.</param>
    /// <param name="adds">What it has besides.</param>
    public static TableException Differ(string firstPath, string path, IReadOnlyList<string> lacks, IReadOnlyList<string> adds)
    {
        string[] differences = [.. new[] { Names("it lacks", lacks), Names("it has besides", adds) }.Where(text => text.Length > 0)];
        string difference = differences.Length == 0 ? "they are in another order" : string.Join("; ", differences);
        return new TableException(
            path, $"{path} has other columns than {firstPath}: {difference}. Files that are read as one table have the same.",
            column: lacks.Concat(adds).FirstOrDefault());
    }

    private static string Names(string what, IReadOnlyList<string> names) => names.Count == 0 ? "" : $"{what} {TextExcerpt.List(names)}";
}

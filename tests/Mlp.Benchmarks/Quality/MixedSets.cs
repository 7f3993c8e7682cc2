using System.IO.Compression;

namespace Mlp.Benchmarks.Quality;

/// <summary>
/// Tables as people have them, in a folder inside the data folder: with many categories and missing cells, described by a datasets.json,
/// and texts, NAME.tsv.gz, whose first column is the class, whose last one is the split and whose others are texts.
/// </summary>
internal static class MixedSets
{
    /// <summary>The folder, and what --sets calls all of its tables.</summary>
    public const string Group = "mixed";

    private const string TextExtension = ".tsv.gz";

    /// <summary>The sets in the order of their description, then the texts; none where there is no such folder.</summary>
    public static IReadOnlyList<QualitySet> ReadAll(string folder)
    {
        string path = Path.Combine(folder, Group);
        if (!Directory.Exists(path))
            return [];
        string description = Path.Combine(path, "datasets.json");
        return
        [
            .. (File.Exists(description) ? QualitySet.Parse(File.ReadAllText(description)) : [])
                .Select(set => set with { File = $"{Group}/{set.File}", IsMixed = true }),
            .. Directory.EnumerateFiles(path, $"*{TextExtension}").Order(StringComparer.Ordinal).Select(DescribeTexts),
        ];
    }

    /// <summary>No description says how many rows a file of texts has: they are counted.</summary>
    private static QualitySet DescribeTexts(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = (reader.ReadLine() ?? "").Split('\t');
        if (header.Length < 3 || header[^1] != "split")
            throw new InvalidDataException(
                $"{path} begins with '{string.Join(' ', header)}'; a table of texts has a class, at least one text, and split.");
        int train = 0, test = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.EndsWith("\ttest", StringComparison.Ordinal))
                test++;
            else
                train++;
        }
        string file = Path.GetFileName(path);
        return new QualitySet(file[..^TextExtension.Length], $"{Group}/{file}", QualityTask.Multiclass, [], [], train, test, 0)
        {
            IsMixed = true,
            Texts = header[1..^1],
        };
    }
}

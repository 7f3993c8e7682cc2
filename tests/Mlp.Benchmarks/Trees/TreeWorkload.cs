using System.Globalization;
using Mlp.Benchmarks.Quality;

namespace Mlp.Benchmarks;

/// <summary>A table that networks and trees are fitted to for speed.</summary>
/// <param name="Set">What its columns are.</param>
/// <param name="Read">Its rows.</param>
internal sealed record TreeWorkload(QualitySet Set, Func<QualityRows> Read)
{
    private const string ShippedFolder = "samples/data";

    private const int MadeUpRowCount = 20_000;

    private static readonly string[] RealTables = ["higgs_small", "adult", "california_housing"];

    /// <summary>Made-up tables, those of the samples, and, given a folder with datasets.json, larger ones of it.</summary>
    public static IReadOnlyList<TreeWorkload> All(string? folder) =>
    [
        MadeUp(QualityTask.Binary, row => row[0] * row[1] + row[2] > 0 ? 1 : 0),
        MadeUp(QualityTask.Regression, row => row[0] * row[1] + row[2]),
        Shipped("breast_cancer", QualityTask.Binary, trainCount: 426, testCount: 143),
        Shipped("digits", QualityTask.Multiclass, trainCount: 1347, testCount: 450),
        Shipped("diabetes", QualityTask.Regression, trainCount: 331, testCount: 111),
        .. folder is null ? [] : QualitySet.ReadAll(folder, RealTables)
            .Select(set => new TreeWorkload(set, () => QualityRows.Read(set, folder, withTest: false))),
    ];

    private static TreeWorkload MadeUp(QualityTask task, Func<float[], float> label)
    {
        string[] names = [.. Enumerable.Range(0, TableRow.FeatureCount).Select(index => $"x{index}")];
        var set = new QualitySet(
            $"made-up, {(task == QualityTask.Binary ? "two classes" : "a number")}", "", task, names, [], MadeUpRowCount, 0, 0);
        return new(set, () => new TableRows(set, [.. names, "label", "split"],
            [.. TableRow.Create(MadeUpRowCount)
                .Select(row => string.Create(CultureInfo.InvariantCulture, $"{Text(row.Features)},{label(row.Features):R},train"))]));

        static string Text(float[] values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static TreeWorkload Shipped(string name, QualityTask task, int trainCount, int testCount)
    {
        string path = Path.Combine(ShippedFolder, $"{name}.csv");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no {path}. Start this in the root of the repository.", path);
        // All columns but the label and the split.
        string[] names = File.ReadLines(path).First().Split(',')[..^2];
        var set = new QualitySet(name, path, task, names, [], trainCount, testCount, 0);
        return new(set, () => TableRows.ReadFile(set, path, withTest: false));
    }
}

using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>Rows of a set to fit on, in memory, the same for every contender.</summary>
/// <param name="set">The table.</param>
/// <param name="rows">All of its rows.</param>
/// <param name="indices">Those to fit on.</param>
/// <param name="seed">Of the MLContext and of whatever the contender draws.</param>
internal sealed class TrainingPart(QualitySet set, QualityRows rows, int[] indices, int seed)
{
    public MLContext ML { get; } = new(seed);

    public QualitySet Set => set;

    public int Seed => seed;

    /// <summary>Processor time of the fit before this one, of another contender: for one that is to take as long. 0 for none.</summary>
    public double SecondsOfLast { get; init; }

    /// <summary>The rows to fit on.</summary>
    public IDataView View => field ??= ViewOf(indices);

    /// <summary>Divides the rows for cross-validation, of each class an equal share to each fold.</summary>
    /// <param name="foldCount">At least 2.</param>
    /// <returns>For each fold the rows outside of it, and the rows in it.</returns>
    public IReadOnlyList<(TrainingPart Train, IDataView Judged)> Folds(int foldCount)
    {
        string[]? classes = set.Task == QualityTask.Regression ? null : [.. indices.Select(index => rows.Labels[index])];
        int[] folds = InnerSplit.Folds(classes, indices.Length, foldCount, seed);
        return
        [
            .. Enumerable.Range(0, foldCount).Select(fold => (
                new TrainingPart(set, rows, [.. indices.Where((_, place) => folds[place] != fold)], seed),
                ViewOf([.. indices.Where((_, place) => folds[place] == fold)]))),
        ];
    }

    /// <summary>Other rows of the same set.</summary>
    public IDataView ViewOf(int[] others) => rows.ToView(ML, others);
}

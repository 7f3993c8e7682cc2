using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How often each class was taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly bool _isBinary;

    /// <param name="counts">Rows: true class, columns: predicted class.</param>
    /// <param name="classNames">In the same order.</param>
    /// <param name="isBinary">Whether the first class is the positive one.</param>
    internal ConfusionMatrix(double[][] counts, IReadOnlyList<string> classNames, bool isBinary)
    {
        Counts = counts;
        ClassNames = classNames;
        _isBinary = isBinary;
        PerClassPrecision = counts.Select((_, i) => Ratio(counts[i][i], counts.Sum(row => row[i]))).ToArray();
        PerClassRecall = counts.Select((row, i) => Ratio(row[i], row.Sum())).ToArray();
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>Rows: true class, columns: predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses => Counts.Count;

    internal IReadOnlyList<string> ClassNames { get; }

    public string GetFormattedConfusionTable() => ConfusionTableFormatter.Format(this, _isBinary);

    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        CheckIndex(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        CheckIndex(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];
    }

    private static double Ratio(double hits, double all) => all > 0 ? hits / all : 0;

    private void CheckIndex(int index, string name) => Contracts.CheckParam(index >= 0 && index < NumberOfClasses, name,
        "Invalid index. Should be non-negative, less than the number of classes.");
}

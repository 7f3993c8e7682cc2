using Microsoft.ML;

namespace Mlp.MLNet;

/// <summary>Whether rows and training fit in memory, asked before anything large is allocated.</summary>
internal static class MemoryChecks
{
    /// <summary>Before rows are read, as far as their number is known.</summary>
    /// <param name="data">Rows to train on.</param>
    /// <param name="validationData">Null for none.</param>
    /// <param name="columns">Give the sizes.</param>
    /// <param name="layers">Of the network.</param>
    /// <param name="options">Give the rest.</param>
    /// <exception cref="InvalidOperationException">They do not fit.</exception>
    public static void CheckBeforeReading(
        IDataView data, IDataView? validationData, TrainingColumns columns, Layer[] layers, MlpOptions options)
    {
        long rowCount = data.GetRowCount() ?? 0, validationRowCount = validationData?.GetRowCount() ?? 0;
        CheckArray(rowCount, columns, "training");
        CheckArray(validationRowCount, columns, "validation");
        Check(rowCount, validationRowCount, columns, layers, options);
    }

    /// <summary>When the rows are there.</summary>
    public static void Check(long rowCount, long validationRowCount, TrainingColumns columns, Layer[] layers, MlpOptions options)
    {
        var settings = options.ToTrainingSettings(options.Loss, seed: 0);
        MemoryEstimate.OfTraining<float>(columns.FeatureCount, layers, rowCount, validationRowCount, settings)
            .With(DataOf(rowCount)).With(DataOf(validationRowCount)).Check(options.MemoryLimit);

        MemoryEstimate DataOf(long count) =>
            MemoryEstimate.OfData<float>(count, columns.FeatureCount, columns.TargetCount, columns.ExampleWeight is not null);
    }

    /// <summary>Rows live in one array.</summary>
    private static void CheckArray(long rowCount, TrainingColumns columns, string purpose)
    {
        (int size, string name) = columns.FeatureCount >= columns.TargetCount ? (columns.FeatureCount, "features") : (columns.TargetCount, "labels");
        if (rowCount > Array.MaxLength / size)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The {purpose} data has {rowCount:N0} rows of {size:N0} {name}; {Array.MaxLength:N0} values fit in memory at once. Train on fewer rows (TakeRows) or on fewer features."));
        }
    }
}
